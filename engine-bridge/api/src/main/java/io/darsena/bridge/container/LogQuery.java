package io.darsena.bridge.container;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Which part of a log.
///
/// @param tail only the last so many records of those that fit
public record LogQuery(boolean stdout, boolean stderr, Optional<Instant> since, OptionalInt tail, boolean follow) {

    public static final LogQuery ALL = new LogQuery(true, true, Optional.empty(), OptionalInt.empty(), false);

    public LogQuery {
        if (tail.isPresent() && tail.getAsInt() < 0) {
            throw new IllegalArgumentException("tail " + tail.getAsInt() + " is negative");
        }
    }

    public LogQuery withFollow(boolean follow) {
        return new LogQuery(stdout, stderr, since, tail, follow);
    }

    public LogQuery withTail(int tail) {
        return new LogQuery(stdout, stderr, since, OptionalInt.of(tail), follow);
    }

    public LogQuery withSince(Instant since) {
        return new LogQuery(stdout, stderr, Optional.of(since), tail, follow);
    }

    public LogQuery withStreams(boolean stdout, boolean stderr) {
        return new LogQuery(stdout, stderr, since, tail, follow);
    }
}
