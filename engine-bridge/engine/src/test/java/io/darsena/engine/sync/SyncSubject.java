package io.darsena.engine.sync;

import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.SyncSettings;
import io.darsena.bridge.sync.TagSync;
import io.darsena.engine.image.TarRuntime;
import io.darsena.engine.registry.RegistrySubject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/// A cache, its registries and their sync, at a time and on a network of the test's own. Nothing
/// happens by itself.
final class SyncSubject implements AutoCloseable {

    static final Instant BEGIN = Instant.parse("2026-11-28T08:00:00Z");

    final RegistrySubject registries;
    final EngineSync sync;
    volatile Instant now;
    volatile Network.State network = Network.State.UNMETERED;
    volatile SyncSettings settings = SyncSettings.DEFAULT;

    /// @param hub where Docker Hub is taken to be: a registry that is not on this machine by its name
    SyncSubject(Path root, String hub, Instant now) {
        this.now = now;
        registries = new RegistrySubject(root, new TarRuntime(), Map.of(), hub);
        sync = new EngineSync(
                registries.cache.database,
                registries.cache.images.exchange(),
                registries.registries,
                () -> settings,
                () -> network,
                registries.cache.events::add,
                new Clock() {
                    @Override
                    public Instant instant() {
                        return SyncSubject.this.now;
                    }

                    @Override
                    public ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(ZoneId zone) {
                        return this;
                    }
                });
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /// Lets time pass and what is due be done.
    Instant after(Duration time) {
        passes(time);
        return sync.compareDue();
    }

    TagSync tag(String name) {
        return sync.report().of(ImageReference.parse(name)).orElseThrow();
    }

    Standing standing(String name) {
        return tag(name).standing();
    }

    /// As `kill -9` leaves it: the database is let go of, and nothing else is said to anybody.
    @Override
    public void close() {
        registries.close();
    }
}
