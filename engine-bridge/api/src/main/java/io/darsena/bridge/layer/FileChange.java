package io.darsena.bridge.layer;

/// What became of something: what the uppermost layer of a [FileTree] did with an entry, or what of one image another
/// one has otherwise.
public enum FileChange {
    /// It is as it was.
    NONE,
    ADDED,
    /// It replaces what was there, or gives a directory another mode or owner.
    CHANGED,
    /// It is there no more: a whiteout hides it, or the other image has it not.
    REMOVED
}
