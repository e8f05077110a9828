package io.darsena.bridge.fake;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.trash.Departure;
import io.darsena.bridge.trash.Trash;
import io.darsena.bridge.trash.TrashEntry;
import io.darsena.bridge.trash.TrashRefusal;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The trash of a [FakeEngine]. `held` is guarded by itself.
final class FakeTrash implements Trash {

    private static final long DIRECTORY_BYTES = 12 << 10;

    private final FakeEngine engine;
    private final Map<ContainerId, Held> held = new LinkedHashMap<>();

    FakeTrash(FakeEngine engine) {
        this.engine = engine;
    }

    private record Held(FakeContainer container, TrashEntry entry) {}

    @Override
    public List<TrashEntry> list() {
        synchronized (held) {
            return held.values().stream()
                    .map(Held::entry)
                    .sorted(Comparator.comparing(TrashEntry::removedAt))
                    .toList();
        }
    }

    Optional<TrashEntry> find(ContainerId id) {
        synchronized (held) {
            return Optional.ofNullable(held.get(id)).map(Held::entry);
        }
    }

    List<TrashEntry> usersOf(ImageId image) {
        return list().stream().filter(entry -> entry.image().equals(image)).toList();
    }

    @Override
    public void put(ContainerId id) {
        put(id, Instant.now());
    }

    /// @param removedAt an earlier moment lets it lie there for long
    void put(ContainerId id, Instant removedAt) {
        engine.failIfAsked("trash");
        engine.containers().present(id).putAway(container -> {
            show(container, new TrashEntry(container.now(), removedAt, OptionalLong.empty()));
            engine.containers().removed(container);
            long bytes = DIRECTORY_BYTES + container.log.bytes();
            show(container, new TrashEntry(container.now(), removedAt, OptionalLong.of(bytes)));
        });
    }

    private void show(FakeContainer container, TrashEntry entry) {
        engine.hub().publish(() -> {
            synchronized (held) {
                held.put(entry.id(), new Held(container, entry));
            }
            return new EngineEvent.TrashChanged(entry, Instant.now());
        });
    }

    private Held held(String operation, ContainerId id) {
        synchronized (held) {
            Held found = held.get(id);
            if (found == null) {
                throw TrashRefusal.notThere(operation, id);
            }
            return found;
        }
    }

    @Override
    public synchronized String restore(ContainerId id) {
        engine.failIfAsked("restore");
        Held found = held("restore", id);
        Container container = found.entry().container();
        if (!TrashRefusal.accepts(container.status())) {
            throw TrashRefusal.restore(container);
        }
        String name = engine.containers().comeBack(found.container());
        left(found.entry(), Departure.RESTORED, 0);
        return name;
    }

    @Override
    public long purge(ContainerId id) {
        return purge(id, Departure.PURGED);
    }

    synchronized long purge(ContainerId id, Departure how) {
        Held found = held("purge", id);
        Container doomed = found.container().in(new ContainerState.Removing(Instant.now()));
        show(
                found.container(),
                new TrashEntry(doomed, found.entry().removedAt(), found.entry().bytes()));
        engine.waitWhileHeld("purge");
        try {
            engine.failIfAsked("purge");
        } catch (EngineException failure) {
            Container dead = found.container().in(new ContainerState.Dead(failure.reason(), Instant.now()));
            show(
                    found.container(),
                    new TrashEntry(
                            dead, found.entry().removedAt(), found.entry().bytes()));
            throw failure;
        }
        long freed = found.entry().bytes().orElse(0);
        left(found.entry(), how, freed);
        return freed;
    }

    private void left(TrashEntry entry, Departure how, long freed) {
        engine.hub().publish(() -> {
            synchronized (held) {
                held.remove(entry.id());
            }
            return new EngineEvent.TrashRemoved(entry.id(), entry.container().name(), how, freed, Instant.now());
        });
    }

    @Override
    public long purgeAll() {
        long freed = 0;
        Optional<EngineException> failure = Optional.empty();
        for (TrashEntry entry : list()) {
            try {
                freed += purge(entry.id());
            } catch (EngineException told) {
                failure = Optional.of(told);
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return freed;
    }
}
