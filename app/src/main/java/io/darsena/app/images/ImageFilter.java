package io.darsena.app.images;

/// The tabs above the list.
public enum ImageFilter {
    ALL,
    USED,
    UNUSED,
    UNNAMED;

    boolean admits(ImageRow row) {
        return switch (this) {
            case ALL -> true;
            case USED -> !row.users().get().isEmpty();
            case UNUSED -> row.users().get().isEmpty();
            case UNNAMED -> row.name().isEmpty();
        };
    }
}
