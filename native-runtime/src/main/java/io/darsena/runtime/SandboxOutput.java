package io.darsena.runtime;

import java.util.Optional;

/// What the processes of a sandbox write, byte for byte, from the moment of attaching on. What is not taken holds the
/// sandbox up, as a full pipe would. For one reading thread; [#close] may come from any.
public interface SandboxOutput extends AutoCloseable {

    /// Waits for more. Empty when the sandbox has ended and all it wrote has been taken, and after [#close].
    ///
    /// @throws RuntimeUnavailableException when the connection broke before the end
    Optional<Chunk> next();

    /// Lets go: the sandbox is held up no more.
    @Override
    void close();

    /// @param errors whether they went to standard error
    /// @param bytes not copied, not to be changed
    record Chunk(boolean errors, byte[] bytes) {}
}
