package io.darsena.app.containers.files;

import io.darsena.bridge.layer.FileTree;

/// How much a container has changed.
///
/// @param entries added, changed and removed
/// @param bytes of the files it brought
record Written(int entries, long bytes) {

    static Written of(FileTree tree) {
        return new Written(tree.touched(FileTree.ROOT), tree.brought(FileTree.ROOT));
    }
}
