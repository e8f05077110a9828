package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.trash.Departure;
import io.darsena.bridge.trash.TrashEntry;
import io.darsena.bridge.trash.TrashPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Empties the trash as its policy says: looks once a minute, on a thread of its own.
final class TrashKeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrashKeeping.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    /// What was put there just now can be had back also when the disk is full.
    static final Duration GRACE = Duration.ofMinutes(5);

    private final Supplier<TrashPolicy> policy;
    private final Supplier<List<TrashEntry>> entries;
    private final BiConsumer<ContainerId, Departure> purge;
    private final LongSupplier free;
    private final Thread thread = Thread.ofVirtual().name("trash keeping").unstarted(this::keep);

    /// @param entries the longest there first
    /// @param free bytes that the disk has left
    TrashKeeping(
            Supplier<TrashPolicy> policy,
            Supplier<List<TrashEntry>> entries,
            BiConsumer<ContainerId, Departure> purge,
            LongSupplier free) {
        this.policy = policy;
        this.entries = entries;
        this.purge = purge;
        this.free = free;
    }

    void begin() {
        thread.start();
    }

    private void keep() {
        try {
            while (true) {
                try {
                    tidy(Instant.now());
                } catch (RuntimeException failure) {
                    LOG.warn("the trash could not be looked through", failure);
                }
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    void tidy(Instant now) {
        TrashPolicy present = policy.get();
        for (TrashEntry entry : entries.get()) {
            Duration age = Duration.between(entry.removedAt(), now);
            if (entry.container().status() == ContainerStatus.REMOVING) {
                continue;
            }
            if (present.days().isPresent()
                    && age.compareTo(Duration.ofDays(present.days().getAsInt())) >= 0) {
                purge(entry, Departure.TOO_OLD);
            } else if (present.freeBytes().isPresent()
                    && age.compareTo(GRACE) >= 0
                    && free.getAsLong() < present.freeBytes().getAsLong()) {
                purge(entry, Departure.DISK_PRESSURE);
            }
        }
    }

    /// What cannot be purged does not keep the rest.
    private void purge(TrashEntry entry, Departure how) {
        try {
            purge.accept(entry.id(), how);
            LOG.info(
                    "container {} was purged from the trash: {}",
                    entry.container().name(),
                    how);
        } catch (NotFoundException gone) {
            LOG.debug("{} has left the trash meanwhile", entry.container().name());
        } catch (EngineException failure) {
            LOG.warn("container {} stays in the trash", entry.container().name(), failure);
        }
    }

    /// Waits for a purge under way.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
