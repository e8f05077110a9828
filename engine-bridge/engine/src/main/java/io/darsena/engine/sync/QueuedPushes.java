package io.darsena.engine.sync;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.sync.QueuedPush;
import io.darsena.bridge.sync.QueuedPush.Stage;
import io.darsena.engine.registry.EngineRegistries;
import io.darsena.engine.sync.PushRows.PushRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends pushes that wait, one after the other, whatever becomes of the one before. A row stays until its
/// push is there or is cancelled, so that the next engine goes on. `this` guards what is being sent.
final class QueuedPushes {

    /// How soon a network that was not there is looked at again.
    static final Duration LOOK = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(QueuedPushes.class);
    private static final Duration LONGEST_RETRY = Duration.ofHours(1);

    private final PushRows rows;
    private final EngineRegistries registries;
    private final Quietness quietness;
    private final Clock clock;
    private final Runnable changed;
    private @Nullable Sending sending;

    QueuedPushes(PushRows rows, EngineRegistries registries, Quietness quietness, Clock clock, Runnable changed) {
        this.rows = rows;
        this.registries = registries;
        this.quietness = quietness;
        this.clock = clock;
        this.changed = changed;
    }

    /// @param thread that sends it, interrupted to break it off
    private record Sending(ImageReference name, Thread thread, Optional<ImageTransfer> progress) {}

    void queue(ImageReference name) {
        rows.queue(name, clock.instant());
        changed.run();
    }

    synchronized void cancel(ImageReference name) {
        rows.delete(name);
        Sending now = sending;
        if (now != null && now.name().equals(name)) {
            now.thread().interrupt();
        }
        changed.run();
    }

    List<QueuedPush> list() {
        return rows.all().stream().map(this::told).toList();
    }

    private synchronized QueuedPush told(PushRow row) {
        Optional<Sending> now =
                Optional.ofNullable(sending).filter(each -> each.name().equals(row.name()));
        Optional<ImageTransfer> progress = now.flatMap(Sending::progress);
        Stage stage = now.isPresent() ? Stage.SENDING : stage(row);
        return new QueuedPush(
                row.name(),
                row.queuedAt(),
                stage,
                stage == Stage.WAITING && row.tries().failures() > 0 ? Optional.of(due(row)) : Optional.empty(),
                row.tries().trouble(),
                progress.map(ImageTransfer::done).orElse(0L),
                progress.map(ImageTransfer::total).orElse(OptionalLong.empty()));
    }

    private Stage stage(PushRow row) {
        return row.refused() ? Stage.REFUSED : registries.awaitsKey(row.name()) ? Stage.LOCKED : Stage.WAITING;
    }

    private static Instant due(PushRow row) {
        return row.tries().failures() == 0
                ? row.queuedAt()
                : Schedule.retry(row.name().toString(), row.tries(), LONGEST_RETRY);
    }

    /// Sends what is due.
    ///
    /// @return when something will be
    Instant run() {
        Instant next = Instant.MAX;
        for (PushRow row : rows.all()) {
            if (stage(row) != Stage.WAITING) {
                continue;
            }
            Instant at = due(row);
            if (!at.isAfter(clock.instant())) {
                at = isKept(row) ? clock.instant().plus(LOOK) : sent(row.name());
            }
            next = at.isBefore(next) ? at : next;
        }
        return next;
    }

    private boolean isKept(PushRow row) {
        return Quietness.concerns(RegistryHost.of(row.name()))
                && quietness.look().isPresent();
    }

    /// @return when it is to be tried again
    private Instant sent(ImageReference name) {
        if (!began(name)) {
            return Instant.MAX;
        }
        try {
            registries.push(name, Optional.empty(), progress -> progressed(name, progress));
            rows.delete(name);
            return Instant.MAX;
        } catch (EngineException failure) {
            return failed(name, failure.reason(), failure instanceof UnavailableException);
        } catch (CancellationException broken) {
            if (rows.find(name).isPresent()) {
                throw broken;
            }
            return Instant.MAX;
        } catch (RuntimeException unforeseen) {
            LOG.warn("pushing {} failed", name, unforeseen);
            return failed(name, String.valueOf(unforeseen.getMessage()), false);
        } finally {
            ended();
        }
    }

    private synchronized boolean began(ImageReference name) {
        boolean wanted = rows.find(name).filter(row -> !row.refused()).isPresent();
        sending = wanted ? new Sending(name, Thread.currentThread(), Optional.empty()) : null;
        changed.run();
        return wanted;
    }

    private synchronized void progressed(ImageReference name, ImageTransfer progress) {
        Sending now = sending;
        if (now != null) {
            sending = new Sending(name, now.thread(), Optional.of(progress));
            changed.run();
        }
    }

    /// An interruption that comes from a cancelling is over with its push; the engine's closing is not.
    private synchronized void ended() {
        Sending now = sending;
        sending = null;
        if (now != null && rows.find(now.name()).isEmpty()) {
            Thread.interrupted();
        }
        changed.run();
    }

    /// What time or the network may mend is tried again; the rest wants a person.
    private Instant failed(ImageReference name, String reason, boolean passing) {
        Optional<PushRow> row = rows.find(name);
        if (row.isEmpty()) {
            return Instant.MAX;
        }
        Tries tries = row.get().tries().failed(reason, clock.instant(), registries.busy(RegistryHost.of(name)));
        rows.failed(name, !passing, tries);
        return passing ? Schedule.retry(name.toString(), tries, LONGEST_RETRY) : Instant.MAX;
    }
}
