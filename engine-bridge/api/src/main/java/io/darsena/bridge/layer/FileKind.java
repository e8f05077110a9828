package io.darsena.bridge.layer;

/// What an entry of a layer is.
public enum FileKind {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    /// One more name of a file of the same layer, which has its bytes under another one.
    HARD_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    NAMED_PIPE;

    /// A file, by whichever of its names.
    public boolean isFile() {
        return this == FILE || this == HARD_LINK;
    }
}
