package io.darsena.app.screen;

/// The places of the sidebar, in its order.
public enum Section {
    CONTAINERS,
    IMAGES,
    REGISTRIES,
    TRASH,
    SETTINGS
}
