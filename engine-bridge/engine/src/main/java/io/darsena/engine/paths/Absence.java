package io.darsena.engine.paths;

/// What it means that files are not where rows of the database say. Some may have been deleted, or a loss of power has
/// brought rows back: those rows can go. Where most are gone, a disk is not mounted, and no row goes.
public final class Absence {

    private Absence() {}

    /// Whether rows without their files can be believed to be without them for good.
    public static boolean isForGood(long gone, long named) {
        return 2 * gone <= named;
    }
}
