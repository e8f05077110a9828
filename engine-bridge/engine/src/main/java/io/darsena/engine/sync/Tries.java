package io.darsena.engine.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What went wrong in a row.
///
/// @param failures since the last success
/// @param last when it was tried
/// @param trouble what the last one failed by
/// @param notBefore what the registry asked for
record Tries(int failures, Optional<Instant> last, Optional<String> trouble, Optional<Instant> notBefore) {

    static final Tries NONE = new Tries(0, Optional.empty(), Optional.empty(), Optional.empty());

    /// @param busy how long the registry wants to be left alone
    Tries failed(String reason, Instant now, Duration busy) {
        return new Tries(
                failures + 1,
                Optional.of(now),
                Optional.of(reason),
                busy.isZero() ? Optional.empty() : Optional.of(now.plus(busy)));
    }
}
