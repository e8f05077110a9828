package io.darsena.app.layers;

import io.darsena.bridge.layer.Duplicates.Group;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.Waste.Cache;
import io.darsena.bridge.layer.Waste.Hidden;

/// Something that an image or a container wastes bytes by.
sealed interface WasteRow {

    WasteKind kind();

    /// What it costs.
    long bytes();

    FilePath path();

    /// The layer that brought it, the lowest being 1.
    int broughtBy();

    /// @param rewritten it has been brought again as it was, with another mode, owner or time
    record OfHidden(Hidden hidden, boolean rewritten) implements WasteRow {
        @Override
        public WasteKind kind() {
            return hidden.removed() ? WasteKind.REMOVED : WasteKind.OVERWRITTEN;
        }

        @Override
        public long bytes() {
            return hidden.bytes();
        }

        @Override
        public FilePath path() {
            return hidden.path();
        }

        @Override
        public int broughtBy() {
            return hidden.broughtBy();
        }
    }

    /// The last copy stands for all: it is the one that need not be.
    record OfGroup(Group group) implements WasteRow {
        @Override
        public WasteKind kind() {
            return WasteKind.DUPLICATE;
        }

        @Override
        public long bytes() {
            return group.wasted();
        }

        @Override
        public FilePath path() {
            return group.copies().getLast().path();
        }

        @Override
        public int broughtBy() {
            return group.copies().getLast().layer();
        }
    }

    record OfCache(Cache cache) implements WasteRow {
        @Override
        public WasteKind kind() {
            return WasteKind.CACHE;
        }

        @Override
        public long bytes() {
            return cache.bytes();
        }

        @Override
        public FilePath path() {
            return cache.path();
        }

        @Override
        public int broughtBy() {
            return cache.broughtBy();
        }
    }
}
