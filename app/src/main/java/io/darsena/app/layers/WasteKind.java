package io.darsena.app.layers;

import java.util.Optional;

/// Ways in which an image wastes bytes.
enum WasteKind {
    OVERWRITTEN,
    REMOVED,
    DUPLICATE,
    CACHE;

    /// Which rows are shown.
    enum Filter {
        ALL(Optional.empty()),
        OVERWRITTEN(Optional.of(WasteKind.OVERWRITTEN)),
        REMOVED(Optional.of(WasteKind.REMOVED)),
        DUPLICATES(Optional.of(WasteKind.DUPLICATE)),
        CACHES(Optional.of(WasteKind.CACHE));

        private final Optional<WasteKind> kind;

        Filter(Optional<WasteKind> kind) {
            this.kind = kind;
        }

        boolean shows(WasteRow row) {
            return holds(row.kind());
        }

        boolean holds(WasteKind one) {
            return kind.isEmpty() || kind.get() == one;
        }
    }
}
