package io.darsena.engine.sync;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.SyncSettings;
import io.darsena.bridge.sync.TagSync.Activity;
import io.darsena.engine.image.ImageExchange;
import io.darsena.engine.image.NamedImage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares names: a registry's one after the other, some registries side by side. One that cannot be
/// reached is not asked about its other names.
final class SyncRound {

    private static final Logger LOG = LoggerFactory.getLogger(SyncRound.class);
    private static final int REGISTRIES_AT_ONCE = 4;

    /// How soon a quiet network is looked at again.
    static final Duration QUIET_LOOK = Duration.ofMinutes(2);

    private final ImageExchange images;
    private final TagRows rows;
    private final TagCheck check;
    private final Standings standings;
    private final Supplier<SyncSettings> settings;
    private final Quietness quietness;
    private final Activities activities;
    private final Clock clock;
    private final Instant started;

    SyncRound(
            ImageExchange images,
            TagRows rows,
            TagCheck check,
            Standings standings,
            Supplier<SyncSettings> settings,
            Quietness quietness,
            Activities activities,
            Clock clock) {
        this.images = images;
        this.rows = rows;
        this.check = check;
        this.standings = standings;
        this.settings = settings;
        this.quietness = quietness;
        this.activities = activities;
        this.clock = clock;
        this.started = clock.instant();
    }

    private record Origin(NamedImage image, TagRow row) {}

    /// Names that came from registries.
    private List<Origin> origins() {
        Map<ImageReference, TagRow> remembered = new HashMap<>();
        rows.all().forEach(row -> remembered.put(row.name(), row));
        List<Origin> origins = new ArrayList<>();
        for (NamedImage image : images.named()) {
            Optional.ofNullable(remembered.get(image.name()))
                    .filter(row -> row.image().equals(image.id()))
                    .ifPresent(row -> origins.add(new Origin(image, row)));
        }
        origins.sort(Comparator.comparing(origin -> origin.image().name()));
        return origins;
    }

    /// When it is asked by itself again; empty is never.
    Optional<Instant> next(TagRow row) {
        return settings.get().every(RegistryHost.of(row.name())).map(every -> Schedule.next(row, every, started));
    }

    /// Does what is due.
    ///
    /// @return when something will be
    Instant run() {
        Instant now = clock.instant();
        List<Origin> due = origins().stream().filter(each -> isDue(each, now)).toList();
        boolean quiet = isQuiet(due);
        List<NamedImage> asked = due.stream()
                .map(Origin::image)
                .filter(image -> !quiet || !Quietness.concerns(RegistryHost.of(image.name())))
                .toList();
        run(asked, true);
        if (quiet) {
            return now.plus(QUIET_LOOK);
        }
        return origins().stream()
                .flatMap(each -> next(each.row()).stream())
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private boolean isDue(Origin origin, Instant now) {
        return next(origin.row()).filter(at -> !at.isAfter(now)).isPresent() || wantsPull(origin);
    }

    /// It was asked for since the update was found.
    private boolean wantsPull(Origin origin) {
        return origin.row().autoPull()
                && origin.row().tries().failures() == 0
                && isUpdate(standings.of(origin.image(), Optional.of(origin.row())));
    }

    /// What is not read because of the rate limit is not pulled either.
    private static boolean isUpdate(Standing standing) {
        return standing instanceof Standing.UpdateAvailable update
                && update.bytes().isPresent();
    }

    private boolean isQuiet(List<Origin> due) {
        if (due.stream()
                .noneMatch(
                        each -> Quietness.concerns(RegistryHost.of(each.image().name())))) {
            quietness.rest();
            return false;
        }
        return quietness.look().isPresent();
    }

    /// All that came from registries, whenever they are due.
    void runAll() {
        run(origins().stream().map(Origin::image).toList(), false);
    }

    /// Returns when all are over; interrupting cancels.
    ///
    /// @param pulling whether what is to be pulled by itself is
    private void run(List<NamedImage> names, boolean pulling) {
        Map<RegistryHost, List<NamedImage>> registries = new TreeMap<>();
        for (NamedImage image : names) {
            registries
                    .computeIfAbsent(RegistryHost.of(image.name()), unseen -> new ArrayList<>())
                    .add(image);
        }
        Semaphore room = new Semaphore(REGISTRIES_AT_ONCE);
        List<Thread> threads = new ArrayList<>();
        registries.forEach((registry, theirs) ->
                threads.add(Thread.ofVirtual().name("sync " + registry).start(() -> ask(theirs, room, pulling))));
        try {
            for (Thread each : threads) {
                each.join();
            }
        } catch (InterruptedException interrupted) {
            threads.forEach(Thread::interrupt);
            awaitEnd(threads);
            Thread.currentThread().interrupt();
            throw new CancellationException("comparing with registries was cancelled");
        }
    }

    /// Who was interrupted ends at once, and is not to be met by a database that is closed.
    private static void awaitEnd(List<Thread> threads) {
        for (Thread each : threads) {
            while (each.isAlive()) {
                try {
                    each.join();
                } catch (InterruptedException again) {
                    LOG.debug("interrupted once more while {} ends", each.getName());
                }
            }
        }
    }

    private void ask(List<NamedImage> names, Semaphore room, boolean pulling) {
        try {
            room.acquire();
            try {
                askInTurn(names, pulling);
            } finally {
                room.release();
            }
        } catch (InterruptedException | CancellationException cancelled) {
            LOG.debug("comparing was cancelled: {}", cancelled.getMessage());
        } catch (RuntimeException failure) {
            LOG.warn("comparing {} failed", names, failure);
        }
    }

    private void askInTurn(List<NamedImage> names, boolean pulling) {
        Iterator<NamedImage> left = names.iterator();
        while (left.hasNext()) {
            NamedImage image = left.next();
            Optional<EngineException> failure = compare(image);
            if (failure.filter(UnavailableException.class::isInstance).isPresent()) {
                left.forEachRemaining(
                        other -> rows.find(other.name()).ifPresent(row -> check.failed(row, failure.get())));
            } else if (pulling && failure.isEmpty()) {
                pullIfWanted(image);
            }
        }
    }

    Optional<EngineException> compare(NamedImage image) {
        try (Activities.Ongoing ongoing = activities.begin(image.name(), Activity.CHECKING)) {
            return check.compare(image);
        }
    }

    private void pullIfWanted(NamedImage image) {
        Optional<TagRow> row = rows.find(image.name()).filter(TagRow::autoPull);
        if (row.isPresent() && isUpdate(standings.of(image, row))) {
            try (Activities.Ongoing ongoing = activities.begin(image.name(), Activity.PULLING)) {
                check.pull(image)
                        .ifPresent(failure -> LOG.info("{} stays as it is: {}", image.name(), failure.reason()));
            }
        }
    }
}
