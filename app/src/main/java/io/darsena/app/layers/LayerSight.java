package io.darsena.app.layers;

import io.darsena.bridge.layer.FileListing;
import io.darsena.bridge.layer.FileTree;

/// The files of an image up to one of its layers.
///
/// @param onlyChanged of them those that the uppermost layer has added, changed or removed
public record LayerSight(FileTree tree, Scope scope, boolean onlyChanged) implements Sight {

    public LayerSight(FileTree tree, Scope scope) {
        this(tree, scope, false);
    }

    @Override
    public FileListing files() {
        return tree;
    }

    @Override
    public boolean shows(int node) {
        return scope.shows(tree, node) && (!onlyChanged || Scope.LAYER.shows(tree, node));
    }

    @Override
    public long size(int node) {
        return scope.size(tree, node);
    }

    @Override
    public boolean tellsChanges() {
        return scope != Scope.IMAGE;
    }
}
