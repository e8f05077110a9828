package io.darsena.bridge.layer;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Finds out what later layers hide of one while they are laid on it. It keeps some bits an entry. Used by one thread.
public final class HiddenSearch {

    private final FileTreeBuilder tree;
    private final int layer;

    /// Entries of the layer that nothing hides so far.
    private final BitSet seen = new BitSet();

    private final BitSet directories = new BitSet();
    private final List<HiddenLater.ByLayer> found = new ArrayList<>();

    /// @param tree in which this layer lies uppermost still
    public HiddenSearch(FileTreeBuilder tree, int layer) {
        this.tree = tree;
        this.layer = layer;
        for (int node = FileTree.ROOT + 1; node < tree.limit(); node++) {
            if (tree.isThere(node) && tree.layerOf(node) == layer) {
                seen.set(node);
                directories.set(node, tree.kind(node) == FileKind.DIRECTORY);
            }
        }
    }

    /// Another layer has been laid on the others.
    public void added(int later) {
        NodeSet hidden = NodeSet.of(seen.stream().filter(this::isHidden));
        if (hidden.count() > 0) {
            hidden.nodes().forEach(seen::clear);
            found.add(new HiddenLater.ByLayer(later, hidden));
        }
    }

    /// A directory that a later layer names again is still the same one.
    private boolean isHidden(int node) {
        boolean same = directories.get(node) ? tree.kind(node) == FileKind.DIRECTORY : tree.layerOf(node) == layer;
        return !tree.isThere(node) || !same;
    }

    public HiddenLater result() {
        return new HiddenLater(found);
    }
}
