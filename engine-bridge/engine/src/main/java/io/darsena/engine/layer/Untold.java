package io.darsena.engine.layer;

import io.darsena.bridge.layer.FileTree;
import java.util.BitSet;
import java.util.stream.IntStream;

/// Where a container's own layer has something that is in no tree: sockets, and what may not be read. Immutable.
final class Untold {

    static final Untold NOTHING = new Untold(IntStream.empty());

    private final int[] places;

    /// @param places numbers of the directories that they are in, one as often as it has some
    Untold(IntStream places) {
        this.places = places.toArray();
    }

    /// How many are at an entry of the tree or below it.
    long below(FileTree tree, int top) {
        if (top == FileTree.ROOT || places.length == 0) {
            return places.length;
        }
        BitSet there = new BitSet();
        there.set(top);
        // A directory has a smaller number than what is in it.
        for (int node = top + 1; node < tree.limit(); node++) {
            there.set(node, there.get(tree.parent(node)));
        }
        return IntStream.of(places).filter(there::get).count();
    }
}
