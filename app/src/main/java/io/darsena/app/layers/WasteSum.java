package io.darsena.app.layers;

import io.darsena.bridge.layer.Duplicates;
import io.darsena.bridge.layer.Waste;
import java.util.Optional;

/// What an image wastes in one way, in all: of the rows only the largest are told. No byte is in two of the kinds.
record WasteSum(long bytes, long count) {

    private static final WasteSum NONE = new WasteSum(0, 0);

    /// @param waste empty while it is not known, as the duplicates are
    static WasteSum of(WasteKind kind, Optional<Waste> waste, Optional<Duplicates> duplicates) {
        return switch (kind) {
            case OVERWRITTEN ->
                waste.map(all -> new WasteSum(all.bytes() - all.removedBytes(), all.count() - all.removedCount()))
                        .orElse(NONE);
            case REMOVED ->
                waste.map(all -> new WasteSum(all.removedBytes(), all.removedCount()))
                        .orElse(NONE);
            case DUPLICATE ->
                duplicates.map(all -> new WasteSum(all.bytes(), all.count())).orElse(NONE);
            case CACHE ->
                waste.map(all -> new WasteSum(all.cacheBytes(), all.caches().size()))
                        .orElse(NONE);
        };
    }
}
