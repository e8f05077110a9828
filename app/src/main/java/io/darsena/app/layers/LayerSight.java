package io.darsena.app.layers;

import io.darsena.bridge.layer.FileListing;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.HiddenLater;
import java.util.OptionalInt;

/// The files of an image up to one of its layers.
///
/// @param onlyChanged of them those that the uppermost layer has added, changed or removed
/// @param hidden what of the uppermost layer is hidden by others; nothing where that is not told
public record LayerSight(FileTree tree, Scope scope, boolean onlyChanged, HiddenLater hidden) implements Sight {

    public LayerSight(FileTree tree, Scope scope) {
        this(tree, scope, false, HiddenLater.NOTHING);
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

    @Override
    public OptionalInt hiddenBy(int node) {
        return hidden.by(node);
    }
}
