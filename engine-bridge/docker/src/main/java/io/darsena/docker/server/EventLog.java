package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.event.EngineEvent;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What happened since the server began, in Docker's words: the last 256 events are remembered for those who ask for
/// the past. `this` guards what it holds.
final class EventLog implements AutoCloseable {

    static final int REMEMBERED = 256;

    private final EventWords words = new EventWords();
    private final Deque<DockerEvent> remembered = new ArrayDeque<>();
    private final Set<Consumer<? super DockerEvent>> followers = new LinkedHashSet<>();
    private final Subscription subscription;

    EventLog(Engine engine) {
        this.subscription = engine.subscribe(this::hear);
    }

    private synchronized void hear(EngineEvent event) {
        words.of(event).ifPresent(told -> {
            if (remembered.size() == REMEMBERED) {
                remembered.removeFirst();
            }
            remembered.addLast(told);
            followers.forEach(follower -> follower.accept(told));
        });
    }

    /// Delivers each event from now on, after those that are remembered.
    ///
    /// @param since of the past only what happened then or later; empty: nothing of it
    /// @param follower must not block
    synchronized Subscription follow(Optional<Instant> since, Consumer<? super DockerEvent> follower) {
        since.ifPresent(begin ->
                remembered.stream().filter(event -> !event.at().isBefore(begin)).forEach(follower));
        followers.add(follower);
        return () -> forget(follower);
    }

    private synchronized void forget(Consumer<? super DockerEvent> follower) {
        followers.remove(follower);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
