package io.darsena.app.layers;

import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileTree;

/// Which files of an image are looked at.
public enum Scope {
    /// What the chosen layer has added, changed and removed.
    LAYER,
    /// All that is there up to the chosen layer, and what that layer has removed.
    STACK,
    /// What a container sees.
    IMAGE;

    /// Whether an entry is among them; a directory also when something in it is.
    boolean shows(FileTree tree, int node) {
        return switch (this) {
            case LAYER -> tree.change(node) != FileChange.NONE || tree.touched(node) > 0;
            case STACK -> true;
            case IMAGE -> tree.change(node) != FileChange.REMOVED;
        };
    }

    /// The bytes of an entry that count.
    long size(FileTree tree, int node) {
        return this == LAYER && tree.change(node) != FileChange.REMOVED ? tree.brought(node) : tree.total(node);
    }
}
