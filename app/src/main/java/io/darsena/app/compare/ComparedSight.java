package io.darsena.app.compare;

import io.darsena.app.layers.Sight;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileListing;
import io.darsena.bridge.layer.TreeComparison;

/// The files of two images or containers, all of them or what differs.
record ComparedSight(TreeComparison comparison, boolean onlyChanged) implements Sight {

    @Override
    public FileListing files() {
        return comparison;
    }

    @Override
    public boolean shows(int node) {
        return !onlyChanged || comparison.change(node) != FileChange.NONE || comparison.touched(node) > 0;
    }

    @Override
    public long size(int node) {
        return comparison.total(node);
    }

    @Override
    public boolean tellsChanges() {
        return true;
    }
}
