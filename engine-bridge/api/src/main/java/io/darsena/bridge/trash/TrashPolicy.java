package io.darsena.bridge.trash;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// When the trash empties by itself. By hand it can be emptied at any time.
///
/// @param days after which something is purged; empty: never because of its age
/// @param freeBytes when the disk has less left, what has been there longest is purged until it has; empty: never
///     because of that
public record TrashPolicy(OptionalInt days, OptionalLong freeBytes) {

    public static final int MOST_DAYS = 3650;

    public static final long MOST_FREE_BYTES = 1_000_000_000_000_000L;

    /// After a week, and when the disk has less than 2 GB left.
    public static final TrashPolicy DEFAULT = new TrashPolicy(OptionalInt.of(7), OptionalLong.of(2_000_000_000L));

    /// Only by hand.
    public static final TrashPolicy NEVER = new TrashPolicy(OptionalInt.empty(), OptionalLong.empty());

    public TrashPolicy {
        if (days.isPresent() && (days.getAsInt() < 1 || days.getAsInt() > MOST_DAYS)) {
            throw new IllegalArgumentException(
                    "the number of days in the trash, " + days.getAsInt() + ", is not between 1 and " + MOST_DAYS);
        }
        if (freeBytes.isPresent() && (freeBytes.getAsLong() < 1 || freeBytes.getAsLong() > MOST_FREE_BYTES)) {
            throw new IllegalArgumentException("the space to keep free, " + freeBytes.getAsLong()
                    + " bytes, is not between 1 byte and " + MOST_FREE_BYTES / 1_000_000_000_000L + " TB");
        }
    }

    public TrashPolicy withDays(OptionalInt days) {
        return new TrashPolicy(days, freeBytes);
    }

    public TrashPolicy withFreeBytes(OptionalLong freeBytes) {
        return new TrashPolicy(days, freeBytes);
    }
}
