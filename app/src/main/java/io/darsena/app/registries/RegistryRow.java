package io.darsena.app.registries;

import io.darsena.app.session.KnownRegistry;
import io.darsena.bridge.registry.RegistryHost;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One registry of the list. JavaFX thread only.
public final class RegistryRow {

    private final ReadOnlyObjectWrapper<KnownRegistry> known;

    RegistryRow(KnownRegistry first) {
        this.known = new ReadOnlyObjectWrapper<>(first);
    }

    void update(KnownRegistry now) {
        known.set(now);
    }

    public ReadOnlyObjectProperty<KnownRegistry> known() {
        return known.getReadOnlyProperty();
    }

    public KnownRegistry now() {
        return known.get();
    }

    public RegistryHost host() {
        return now().host();
    }
}
