package io.darsena.engine.sync;

import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.sync.SyncReport.Quiet;
import io.darsena.bridge.sync.SyncSettings;
import io.darsena.engine.registry.http.Places;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/// Whether registries are left alone because of the network. Safe for use by several threads.
final class Quietness {

    private final Network network;
    private final Supplier<SyncSettings> settings;
    private final Runnable changed;
    private volatile Optional<Quiet> present = Optional.empty();

    Quietness(Network network, Supplier<SyncSettings> settings, Runnable changed) {
        this.network = network;
        this.settings = settings;
        this.changed = changed;
    }

    /// As it was when something was last to be asked.
    Optional<Quiet> present() {
        return present;
    }

    /// Looks at the network anew.
    Optional<Quiet> look() {
        Optional<Quiet> now = switch (network.state()) {
            case OFFLINE -> Optional.of(Quiet.OFFLINE);
            case METERED -> settings.get().metered() ? Optional.empty() : Optional.of(Quiet.METERED);
            case UNMETERED, UNKNOWN -> Optional.empty();
        };
        set(now);
        return now;
    }

    /// Nothing is to be asked.
    void rest() {
        set(Optional.empty());
    }

    private void set(Optional<Quiet> now) {
        boolean news = !now.equals(present);
        present = now;
        if (news) {
            changed.run();
        }
    }

    /// One on this machine needs no network.
    static boolean concerns(RegistryHost registry) {
        return !registry.isAddress()
                || !Places.isLoopback(URI.create("https://" + registry.name()).getHost());
    }
}
