package io.darsena.engine.registry;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How often is tried and how long is waited between tries: twice as long each time, a random part of it.
///
/// @param tries in all, without anything having come
/// @param first wait
/// @param longest wait, also where a registry says how long
record Patience(int tries, Duration first, Duration longest) {

    static final Patience DEFAULT = new Patience(6, Duration.ofMillis(300), Duration.ofSeconds(60));

    /// For what a person waits for, and for a place that has another one behind it.
    Patience brief() {
        return new Patience(Math.min(tries, 2), first, longest);
    }

    /// For what is tried again by whoever knows how.
    Patience once() {
        return new Patience(1, first, longest);
    }

    /// @param failures so far, at least 1
    Duration wait(int failures) {
        long most = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, 16));
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }
}
