package io.darsena.bridge.trash;

/// How something left the trash.
public enum Departure {
    RESTORED,
    /// Somebody asked for it.
    PURGED,
    /// It had been there for as long as is set.
    TOO_OLD,
    /// The disk needed its space.
    DISK_PRESSURE
}
