package io.darsena.bridge.container;

/// Takes a container's output as it is written. As long as a call does not return, the container's processes wait when
/// they write, as they would for a full pipe.
public interface OutputConsumer {

    /// @param bytes as they were written, lines or not; not copied, not to be changed
    void output(LogRecord.Stream stream, byte[] bytes);

    /// The run has ended and all it wrote was delivered, or the container was removed.
    default void ended() {}

    default void failed(RuntimeException failure) {
        throw failure;
    }
}
