package io.darsena.runtime;

import java.time.Instant;
import java.util.List;

/// A running first process of a container, reached through its monitor.
public interface Sandbox extends AutoCloseable {

    long run();

    /// The first process's id as this machine sees it; 0 when it had ended before it could be asked.
    int pid();

    Instant startedAt();

    /// How the start went, in order; empty after a reconnection to a monitor that does not tell.
    List<SetupStep> steps();

    /// Sends a signal to the first process. One that has just ended is no error.
    void signal(int number);

    /// Lets go of the connection. The sandbox runs on and the listener hears no more.
    @Override
    void close();
}
