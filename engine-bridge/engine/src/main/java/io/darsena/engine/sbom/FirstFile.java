package io.darsena.engine.sbom;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import java.util.Optional;

/// Tells by a file of a package which layer brought it, where the database that names it was written by a later one.
final class FirstFile {

    private FirstFile() {}

    /// 0 where there is no such file, or it lies where people change files.
    static int layer(FileTree tree, String directory, String name) {
        if (directory.startsWith("etc") || directory.startsWith("/etc")) {
            return 0;
        }
        int node = path(directory + "/" + name).map(tree::find).orElse(FileTree.NONE);
        return node != FileTree.NONE && tree.isThere(node) && tree.kind(node) == FileKind.FILE ? tree.layerOf(node) : 0;
    }

    private static Optional<FilePath> path(String text) {
        try {
            return Optional.of(FilePath.of(text));
        } catch (IllegalArgumentException unfit) {
            return Optional.empty();
        }
    }
}
