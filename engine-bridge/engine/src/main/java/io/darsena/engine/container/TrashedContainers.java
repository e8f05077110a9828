package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.event.EngineEvent.TrashChanged;
import io.darsena.bridge.event.EngineEvent.TrashRemoved;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.trash.Departure;
import io.darsena.bridge.trash.TrashEntry;
import io.darsena.bridge.trash.TrashRefusal;
import io.darsena.engine.event.EventSink;
import io.darsena.engine.image.ImageUsers;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.store.Database;
import io.darsena.runtime.ContainerRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is in the trash: keeps, measures and purges it. A purge is in the database before the first file goes, so that
/// the next engine finishes what this one began.
public final class TrashedContainers implements ImageUsers {

    private static final Logger LOG = LoggerFactory.getLogger(TrashedContainers.class);

    private final EnginePaths paths;
    private final ContainerRuntime runtime;
    private final TrashRows trashRows;
    private final ContainerRows rows;
    private final EventSink events;
    private final Map<ContainerId, TrashedContainer> held = new ConcurrentHashMap<>();

    public TrashedContainers(EnginePaths paths, Database database, ContainerRuntime runtime, EventSink events) {
        this.paths = paths;
        this.runtime = runtime;
        this.trashRows = new TrashRows(database);
        this.rows = new ContainerRows(database);
        this.events = events;
    }

    @Override
    public List<String> usersOf(ImageId image) {
        return rows.usersOf(image);
    }

    @Override
    public List<String> trashedUsersOf(ImageId image) {
        return trashRows.usersOf(image);
    }

    @Override
    public void purgeUsersOf(ImageId image) {
        for (TrashedContainer each : held.values()) {
            if (each.record().definition().image().equals(image)) {
                purgeIfThere(each, Departure.PURGED);
            }
        }
    }

    /// Reads what the database holds. Called once, before anything else.
    void load() {
        for (TrashRows.TrashRow row : trashRows.all()) {
            TrashedContainer trashed = new TrashedContainer(row.record(), row.removedAt(), row.bytes());
            held.put(trashed.id(), trashed);
        }
    }

    /// Where the files lie of those that are not on their way out.
    List<Path> states() {
        return held.values().stream()
                .filter(each -> each.record().status() != ContainerStatus.REMOVING)
                .map(each -> paths.container(each.id()))
                .toList();
    }

    /// Finishes purges that a crash interrupted and measures what was not measured yet, without being waited for.
    ///
    /// @param heal whether one without files is to go; not when the disk that has them may not be mounted
    void resume(boolean heal) {
        for (TrashedContainer each : held.values()) {
            // A loss of power can have taken back the row's last change, but not the deletion.
            boolean begun = each.record().status() == ContainerStatus.REMOVING
                    || heal && Files.notExists(paths.container(each.id()));
            if (begun) {
                inBackground("purge", each, () -> purgeIfThere(each, Departure.PURGED));
            } else if (each.bytes().isEmpty()) {
                inBackground("measure", each, () -> measure(each));
            }
        }
    }

    boolean holds(ContainerId id) {
        return held.containsKey(id);
    }

    Optional<String> nameOf(ContainerId id) {
        return Optional.ofNullable(held.get(id)).map(each -> each.record().name());
    }

    /// The longest there first.
    public List<TrashEntry> list() {
        return held.values().stream()
                .map(TrashedContainer::entry)
                .sorted(Comparator.comparing(TrashEntry::removedAt))
                .toList();
    }

    /// Takes a container that nobody can reach any more. In the trash when its row is.
    void add(ContainerRecord record) {
        awaitLeaving(record.definition().id());
        Instant now = Instant.now();
        TrashedContainer trashed = new TrashedContainer(record, now, OptionalLong.empty());
        trashRows.put(trashed.id(), now);
        held.put(trashed.id(), trashed);
        tell(trashed);
        inBackground("measure", trashed, () -> measure(trashed));
    }

    /// One that has just been restored may be on its way out still.
    private void awaitLeaving(ContainerId id) {
        Optional.ofNullable(held.get(id)).ifPresent(earlier -> {
            earlier.commands.lock();
            earlier.commands.unlock();
        });
    }

    /// Makes a container of it again.
    ///
    /// @param claim takes a name for it
    /// @param reborn told when its row is restored, before it has left here
    String restore(ContainerId id, Function<ContainerRecord, String> claim, Rebirth reborn) {
        return alone("restore", id, trashed -> {
            if (!TrashRefusal.accepts(trashed.record().status())) {
                throw TrashRefusal.restore(trashed.entry().container());
            }
            String name = claim.apply(trashed.record());
            try {
                trashRows.restore(id, name);
            } catch (RuntimeException failure) {
                reborn.failed(name, id);
                throw failure;
            }
            reborn.born(trashed.record().renamed(name));
            held.remove(id);
            trashed.leave();
            tellLeft(trashed, Departure.RESTORED, 0);
            return name;
        });
    }

    /// What becomes of one that is restored.
    interface Rebirth {
        void born(ContainerRecord record);

        void failed(String name, ContainerId id);
    }

    long purge(ContainerId id, Departure how) {
        return alone("purge", id, trashed -> purge(trashed, how));
    }

    long purgeAll() {
        long freed = 0;
        Optional<EngineException> failure = Optional.empty();
        for (TrashEntry entry : list()) {
            try {
                freed += Optional.ofNullable(held.get(entry.id()))
                        .map(each -> purgeIfThere(each, Departure.PURGED))
                        .orElse(0L);
            } catch (EngineException told) {
                failure = Optional.of(told);
            }
        }
        failure.ifPresent(told -> {
            throw told;
        });
        return freed;
    }

    /// With the lock that `held` says.
    private interface Work<T> {
        T on(TrashedContainer trashed);
    }

    private <T> T alone(String operation, ContainerId id, Work<T> work) {
        TrashedContainer trashed = held.get(id);
        if (trashed == null) {
            throw TrashRefusal.notThere(operation, id);
        }
        trashed.commands.lock();
        try {
            if (trashed.hasLeft()) {
                throw TrashRefusal.notThere(operation, id);
            }
            return work.on(trashed);
        } finally {
            trashed.commands.unlock();
        }
    }

    private long purgeIfThere(TrashedContainer trashed, Departure how) {
        trashed.commands.lock();
        try {
            return trashed.hasLeft() ? 0 : purge(trashed, how);
        } finally {
            trashed.commands.unlock();
        }
    }

    private long purge(TrashedContainer trashed, Departure how) {
        ContainerDirectory directory = new ContainerDirectory(paths, runtime, trashed.id());
        if (trashed.bytes().isEmpty() && Files.isDirectory(directory.state())) {
            trashed.measured(runtime.usage(directory.state()).bytes());
        }
        enter(trashed, new ContainerState.Removing(Instant.now()));
        try {
            directory.delete();
            rows.delete(trashed.id());
        } catch (RuntimeException failure) {
            String reason = String.valueOf(failure.getMessage());
            enter(trashed, new ContainerState.Dead(reason, Instant.now()));
            throw new FailedException("purge", "container " + trashed.record().name(), reason, "purge it again");
        }
        held.remove(trashed.id());
        trashed.leave();
        long freed = trashed.bytes().orElse(0);
        tellLeft(trashed, how, freed);
        return freed;
    }

    private void enter(TrashedContainer trashed, ContainerState state) {
        rows.update(trashed.record().in(state));
        trashed.in(state);
        tell(trashed);
    }

    /// Without the lock as long as it takes: an undo does not wait for it.
    private void measure(TrashedContainer trashed) {
        Path directory = paths.container(trashed.id());
        long bytes = runtime.usage(directory).bytes();
        trashed.commands.lock();
        try {
            if (!trashed.hasLeft()) {
                trashRows.measured(trashed.id(), bytes);
                trashed.measured(bytes);
                tell(trashed);
            }
        } finally {
            trashed.commands.unlock();
        }
    }

    private static void inBackground(String what, TrashedContainer trashed, Runnable work) {
        String name = trashed.record().name();
        Thread.ofVirtual().name(what + " " + name).start(() -> {
            try {
                work.run();
            } catch (RuntimeException failure) {
                if (trashed.hasLeft()) {
                    return;
                }
                LOG.warn("cannot {} {} in the trash now: {}", what, name, failure.getMessage());
            }
        });
    }

    private void tell(TrashedContainer trashed) {
        events.emit(new TrashChanged(trashed.entry(), Instant.now()));
    }

    private void tellLeft(TrashedContainer trashed, Departure how, long freed) {
        events.emit(new TrashRemoved(trashed.id(), trashed.record().name(), how, freed, Instant.now()));
    }
}
