package io.darsena.bridge.container;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Which part of a log.
///
/// @param until nothing that was written later; a `follow` does not end for it
/// @param tail only the last so many records of those that fit
/// @param follow go on with each new record, across restarts, until the subscription is closed or the container removed
/// @param untilExit end a `follow` when the container has ended and all it wrote is delivered; one that was never
///     started is waited for
public record LogQuery(
        boolean stdout,
        boolean stderr,
        Optional<Instant> since,
        Optional<Instant> until,
        OptionalInt tail,
        boolean follow,
        boolean untilExit) {

    public static final LogQuery ALL = new LogQuery(true, true, Optional.empty(), OptionalInt.empty(), false);

    public LogQuery {
        if (tail.isPresent() && tail.getAsInt() < 0) {
            throw new IllegalArgumentException("tail " + tail.getAsInt() + " is negative");
        }
    }

    public LogQuery(boolean stdout, boolean stderr, Optional<Instant> since, OptionalInt tail, boolean follow) {
        this(stdout, stderr, since, Optional.empty(), tail, follow, false);
    }

    public LogQuery withFollow(boolean follow) {
        return new LogQuery(stdout, stderr, since, until, tail, follow, untilExit);
    }

    /// Follows until the container has ended.
    public LogQuery followedUntilExit() {
        return new LogQuery(stdout, stderr, since, until, tail, true, true);
    }

    public LogQuery withTail(int tail) {
        return new LogQuery(stdout, stderr, since, until, OptionalInt.of(tail), follow, untilExit);
    }

    public LogQuery withSince(Instant since) {
        return new LogQuery(stdout, stderr, Optional.of(since), until, tail, follow, untilExit);
    }

    public LogQuery withUntil(Instant until) {
        return new LogQuery(stdout, stderr, since, Optional.of(until), tail, follow, untilExit);
    }

    public LogQuery withStreams(boolean stdout, boolean stderr) {
        return new LogQuery(stdout, stderr, since, until, tail, follow, untilExit);
    }
}
