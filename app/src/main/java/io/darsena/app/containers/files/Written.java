package io.darsena.app.containers.files;

import io.darsena.bridge.layer.FileTree;

/// How much a container has changed.
///
/// @param entries added, changed and removed
/// @param bytes of the files it brought
/// @param leftOut how much of it is not in the tree
record Written(int entries, long bytes, long leftOut) {

    static Written of(FileTree tree) {
        return new Written(tree.touched(FileTree.ROOT), tree.brought(FileTree.ROOT), tree.leftOut());
    }
}
