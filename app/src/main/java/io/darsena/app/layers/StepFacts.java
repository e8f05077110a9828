package io.darsena.app.layers;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.PackageCache;
import java.util.Optional;

/// What a layer did, counted: entries that are no directories.
///
/// @param cache what a package manager has left in it, which the next step cannot remove any more
record StepFacts(int added, int changed, int removed, Optional<Cache> cache) {

    private static final long LEAST_CACHE = 100_000;

    /// @param bytes that the layer brings there
    record Cache(long bytes, String cure) {}

    static StepFacts of(FileTree tree) {
        int added = 0;
        int changed = 0;
        int removed = 0;
        for (int node = FileTree.ROOT + 1; node < tree.limit(); node++) {
            if (!tree.isShown(node) || tree.kind(node) == FileKind.DIRECTORY) {
                continue;
            }
            switch (tree.change(node)) {
                case ADDED -> added++;
                case CHANGED -> changed++;
                case REMOVED -> removed++;
                case NONE -> {}
            }
        }
        return new StepFacts(added, changed, removed, cache(tree));
    }

    private static Optional<Cache> cache(FileTree tree) {
        long bytes = 0;
        StringBuilder cure = new StringBuilder();
        for (PackageCache.Place place : PackageCache.in(tree)) {
            long here = tree.brought(place.node());
            if (here >= LEAST_CACHE) {
                bytes += here;
                cure.append(" && ").append(place.cache().cleaning());
            }
        }
        return bytes == 0
                ? Optional.empty()
                : Optional.of(new Cache(bytes, cure.toString().strip()));
    }
}
