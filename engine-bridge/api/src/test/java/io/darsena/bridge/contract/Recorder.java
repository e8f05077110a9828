package io.darsena.bridge.contract;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.event.EngineEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Remembers the events of an engine and lets a test wait for one.
public final class Recorder implements AutoCloseable {

    private static final Duration PATIENCE = Patience.ofSeconds(20);

    private final List<EngineEvent> events = new ArrayList<>();
    private final Subscription subscription;

    public Recorder(Engine engine) {
        this.subscription = engine.subscribe(this::add);
    }

    private synchronized void add(EngineEvent event) {
        events.add(event);
        notifyAll();
    }

    public synchronized List<EngineEvent> events() {
        return List.copyOf(events);
    }

    public synchronized EngineEvent await(Predicate<EngineEvent> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int seen = 0;
        while (true) {
            for (; seen < events.size(); seen++) {
                if (wanted.test(events.get(seen))) {
                    return events.get(seen);
                }
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("did not come within " + PATIENCE + "; there were " + events);
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", interrupted);
            }
        }
    }

    public void awaitRemoved(ContainerId id) {
        await(event -> event instanceof EngineEvent.ContainerRemoved removed
                && removed.id().equals(id));
    }

    /// The changes of one container, in order.
    public List<EngineEvent.ContainerChanged> changes(ContainerId id) {
        return events().stream()
                .filter(EngineEvent.ContainerChanged.class::isInstance)
                .map(EngineEvent.ContainerChanged.class::cast)
                .filter(changed -> changed.container().id().equals(id))
                .toList();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
