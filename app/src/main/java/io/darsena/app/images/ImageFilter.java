package io.darsena.app.images;

import io.darsena.app.sync.SyncSummary;

/// The tabs above the list.
public enum ImageFilter {
    ALL,
    USED,
    UNUSED,
    UPDATES,
    UNNAMED;

    boolean admits(ImageRow row) {
        return switch (this) {
            case ALL -> true;
            case USED -> !row.users().get().isEmpty();
            case UNUSED -> row.users().get().isEmpty();
            case UPDATES -> row.sync().get().filter(SyncSummary::hasUpdate).isPresent();
            case UNNAMED -> row.name().isEmpty();
        };
    }
}
