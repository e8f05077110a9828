package io.darsena.app.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// How fast bytes come, over the last few seconds. Owned by one thread.
public final class TransferRate {

    private static final long WINDOW_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long LEAST_NANOS = Duration.ofMillis(250).toNanos();

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long at, long done) {}

    /// @param nanos of the monotonic clock
    public void add(long nanos, long done) {
        if (!samples.isEmpty() && done < samples.getLast().done()) {
            samples.clear();
        }
        samples.addLast(new Sample(nanos, done));
        while (samples.size() > 2 && nanos - samples.getFirst().at() > WINDOW_NANOS) {
            samples.removeFirst();
        }
    }

    /// Bytes a second; empty until it has been observed for a while.
    public Optional<Double> perSecond() {
        if (samples.size() < 2) {
            return Optional.empty();
        }
        long passed = samples.getLast().at() - samples.getFirst().at();
        long bytes = samples.getLast().done() - samples.getFirst().done();
        return passed < LEAST_NANOS || bytes <= 0 ? Optional.empty() : Optional.of(bytes * 1e9 / passed);
    }

    public Optional<Duration> left(long total) {
        return perSecond().map(rate -> {
            long remaining = total - samples.getLast().done();
            return Duration.ofMillis((long) (Math.max(0, remaining) * 1000 / rate));
        });
    }
}
