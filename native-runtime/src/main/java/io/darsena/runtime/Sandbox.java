package io.darsena.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A running first process of a container, reached through its monitor.
public interface Sandbox extends AutoCloseable {

    long run();

    /// The first process's id as this machine sees it; 0 when it had ended before it could be asked.
    int pid();

    /// When that process started, in clock ticks since boot (proc(5), `starttime`): no other process that gets its id
    /// has the same. 0 when it is not known.
    default long startTicks() {
        return 0;
    }

    Instant startedAt();

    /// How the start went, in order; empty after a reconnection to a monitor that does not tell.
    List<SetupStep> steps();

    /// Sends a signal to the first process. One that has just ended is no error.
    void signal(int number);

    /// Takes part in what it writes from now on; with [SandboxSpec#attachments] from its first byte on.
    ///
    /// @param patience how long one who takes nothing at all holds it up; then he misses some, and the output
    ///     itself says so
    /// @return empty when its run is over
    /// @throws RuntimeUnavailableException when its monitor cannot do that: one of an earlier version
    Optional<SandboxOutput> attach(boolean output, boolean errors, Duration patience);

    /// Lets go of the connection. The sandbox runs on and the listener hears no more.
    @Override
    void close();
}
