package io.darsena.bridge.container;

import io.darsena.bridge.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The containers of an engine. A request that the present state forbids fails with
/// [io.darsena.bridge.error.ConflictException] and says what state it is in and what to do; an unknown id with
/// [io.darsena.bridge.error.NotFoundException].
public interface Containers {

    List<Container> list();

    /// @throws io.darsena.bridge.error.NotFoundException when there is none
    Container container(ContainerId id);

    /// Finds by name, id, or a unique prefix of the id.
    ///
    /// @throws io.darsena.bridge.error.InvalidRequestException when a prefix fits several
    Optional<Container> find(String nameOrId);

    /// @throws io.darsena.bridge.error.NotFoundException when the image is not in the cache
    /// @throws io.darsena.bridge.error.ConflictException when the name is taken
    ContainerId create(ContainerSpec spec);

    /// Returns when its first process runs. A running container is left alone.
    ///
    /// @throws io.darsena.bridge.error.InvalidRequestException when the command cannot be executed
    void start(ContainerId id);

    /// Freezes all its processes.
    ///
    /// @throws io.darsena.bridge.error.DeniedException where this host has no freezer: the message names
    ///     the cure
    void pause(ContainerId id);

    void resume(ContainerId id);

    /// Sends the stop signal, and KILL when the container's own time-out has passed; returns when it has
    /// ended. An ended container is left alone.
    default void stop(ContainerId id) {
        stop(id, StopOptions.NONE);
    }

    default void stop(ContainerId id, Duration timeout) {
        stop(id, StopOptions.NONE.withTimeout(timeout));
    }

    /// As [#stop(ContainerId)], with another signal or time-out than the container's own.
    void stop(ContainerId id, StopOptions options);

    /// Sends a signal to its first process. Returns when it is sent; for KILL, when the container has ended.
    ///
    /// @param signal a name with or without `SIG`, or a number
    void kill(ContainerId id, String signal);

    default void restart(ContainerId id) {
        restart(id, StopOptions.NONE);
    }

    default void restart(ContainerId id, Duration timeout) {
        restart(id, StopOptions.NONE.withTimeout(timeout));
    }

    /// @param options how the run that goes on is ended
    void restart(ContainerId id, StopOptions options);

    void rename(ContainerId id, String name);

    /// Removes an ended or never started container with its writable layer and log.
    void remove(ContainerId id);

    /// Kills it first when it runs.
    void forceRemove(ContainerId id);

    /// Waits until it has ended (at once when it does not run) and tells how. One that was never started is
    /// waited for.
    ContainerState.Exited await(ContainerId id);

    /// Everything known of it as indented JSON, in the shape of Docker's inspect.
    String inspect(ContainerId id);

    /// Delivers the log's records in order: those there are, then, with [LogQuery#follow], each new one until it is
    /// closed, across restarts. Called by one thread at a time. When the container is removed, what is left of its
    /// log is delivered first, then [LogConsumer#ended].
    Subscription logs(ContainerId id, LogQuery query, LogConsumer consumer);

    /// Delivers byte for byte what it writes from now on until its run ends; of one that does not run,
    /// everything of its next run. Nothing is lost, however fast it writes and however small its log is: a
    /// consumer that is slow slows it down. Only one that takes nothing at all for five minutes misses some;
    /// then the output itself says how much.
    Subscription attach(ContainerId id, Set<LogRecord.Stream> streams, OutputConsumer consumer);

    /// Delivers once a second one sample of every running or paused container; the last one at once.
    Subscription metrics(Consumer<? super List<ContainerMetrics>> subscriber);
}
