package io.darsena.bridge.layer;

/// What the uppermost layer of a [FileTree] did with an entry.
public enum FileChange {
    /// It comes from below as it is.
    NONE,
    ADDED,
    /// It replaces what was there, or gives a directory another mode or owner.
    CHANGED,
    /// A whiteout hides it.
    REMOVED
}
