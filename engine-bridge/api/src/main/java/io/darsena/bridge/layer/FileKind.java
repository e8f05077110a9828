package io.darsena.bridge.layer;

/// What an entry of a layer is.
public enum FileKind {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    /// One more name of a file of the same layer.
    HARD_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    NAMED_PIPE
}
