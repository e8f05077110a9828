package io.darsena.engine.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When something is done next. Pure: of equal things it says the same, so that a restart changes nothing.
final class Schedule {

    static final Duration FIRST_RETRY = Duration.ofMinutes(5);
    static final Duration LONGEST_RETRY = Duration.ofHours(12);

    /// What is overdue when an engine starts is done within this time, not at once.
    static final Duration START = Duration.ofMinutes(2);

    private static final double JITTER = 0.1;

    private Schedule() {}

    /// @param every how often it is checked
    /// @param started when this engine did
    static Instant next(TagRow row, Duration every, Instant started) {
        double part = part(row.name().toString(), row.checkedAt());
        Instant regular = row.checkedAt()
                .map(at -> at.plus(times(every, 1 + JITTER * (2 * part - 1))))
                .orElse(started);
        Instant due = row.tries().failures() == 0 ? regular : retry(row.name().toString(), row.tries(), every);
        Instant begun = started.plus(times(START, part));
        return due.isBefore(begun) ? begun : due;
    }

    /// Twice as long each time, a part of it by chance, and never longer than `most`.
    static Instant retry(String name, Tries tries, Duration most) {
        Duration longest = min(LONGEST_RETRY, max(FIRST_RETRY, most));
        Duration full = min(longest, FIRST_RETRY.multipliedBy(1L << Math.min(Math.max(tries.failures() - 1, 0), 16)));
        Instant last = tries.last().orElse(Instant.EPOCH);
        Instant own = last.plus(times(full, 1 - JITTER * part(name, tries.last())));
        return tries.notBefore().filter(own::isBefore).orElse(own);
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofMillis((long) (duration.toMillis() * factor));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /// From 0 to 1, the same for the same name and time, spread evenly over names.
    private static double part(String name, Optional<Instant> at) {
        long mixed = name.hashCode() * 0x9E3779B97F4A7C15L
                ^ at.map(Instant::getEpochSecond).orElse(0L);
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return ((mixed ^ mixed >>> 31) >>> 11) * 0x1.0p-53;
    }
}
