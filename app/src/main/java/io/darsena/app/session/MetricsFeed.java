package io.darsena.app.session;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;

/// The newest sample of each running container and the last ten minutes of it. [#beat] counts the seconds: what shows
/// numbers or times listens to it while it is shown, so that one second changes the screen once. It stands still while
/// nobody can see the window; the seconds are remembered all the same. JavaFX thread only.
public final class MetricsFeed {

    /// How late the next sample may be before a second passes without one.
    private static final long PATIENCE_NANOS = 1_500_000_000;
    /// After so long without samples the last ones are no news any more.
    private static final long FRESH_NANOS = 5_000_000_000L;

    private final ReadOnlyLongWrapper beat = new ReadOnlyLongWrapper();
    private final Predicate<? super ContainerId> known;
    private final Map<ContainerId, MetricsHistory> histories = new HashMap<>();
    private Map<ContainerId, Optional<ContainerMetrics>> newest = Map.of();
    private long now = Instant.now().getEpochSecond();
    private long lastBeat = System.nanoTime();
    private long lastSamples = lastBeat;
    private boolean watched = true;

    /// @param known tells those that are there: a sample may come after a container has gone
    MetricsFeed(Predicate<? super ContainerId> known) {
        this.known = known;
    }

    void accept(List<ContainerMetrics> samples) {
        Map<ContainerId, Optional<ContainerMetrics>> fresh = HashMap.newHashMap(samples.size());
        long latest = 0;
        for (ContainerMetrics sample : samples) {
            fresh.put(sample.id(), newsOf(sample));
            if (known.test(sample.id())) {
                histories
                        .computeIfAbsent(sample.id(), first -> new MetricsHistory())
                        .add(sample);
            }
            latest = Math.max(latest, sample.at().getEpochSecond());
        }
        newest = fresh;
        lastSamples = System.nanoTime();
        now = samples.isEmpty() ? Instant.now().getEpochSecond() : latest;
        strike();
    }

    /// What reads the same as the second before is the same object: nothing that shows it need look at it again.
    private Optional<ContainerMetrics> newsOf(ContainerMetrics sample) {
        Optional<ContainerMetrics> before = newest.getOrDefault(sample.id(), Optional.empty());
        return before.isPresent() && SampleReading.of(before.get()).equals(SampleReading.of(sample))
                ? before
                : Optional.of(sample);
    }

    /// Called once a second: times go on also when no engine tells anything.
    void tick() {
        long time = System.nanoTime();
        if (time - lastBeat > PATIENCE_NANOS) {
            now = Instant.now().getEpochSecond();
            if (time - lastSamples > FRESH_NANOS) {
                newest = Map.of();
            }
            strike();
        }
    }

    private void strike() {
        lastBeat = System.nanoTime();
        if (watched) {
            beat.set(beat.get() + 1);
        }
    }

    /// Says whether somebody can see the window. One that can be seen again is up to date at once.
    public void watched(boolean seen) {
        boolean again = seen && !watched;
        watched = seen;
        if (again) {
            beat.set(beat.get() + 1);
        }
    }

    void forget(ContainerId id) {
        histories.remove(id);
    }

    public ReadOnlyLongProperty beat() {
        return beat.getReadOnlyProperty();
    }

    /// The second of the last beat, since the Unix epoch, by the clock that the samples are taken by.
    public long now() {
        return now;
    }

    /// Empty unless it runs or is paused. As exact as numbers are shown: a value that reads the same may be that of a
    /// second before.
    public Optional<ContainerMetrics> newest(ContainerId id) {
        return newest.getOrDefault(id, Optional.empty());
    }

    /// All cores together, 100 is one core.
    public double totalCpuPercent() {
        double sum = 0;
        for (Optional<ContainerMetrics> sample : newest.values()) {
            sum += sample.isPresent() ? sample.get().cpuPercent().orElse(0) : 0;
        }
        return sum;
    }

    /// Bytes.
    public long totalMemory() {
        long sum = 0;
        for (Optional<ContainerMetrics> sample : newest.values()) {
            sum += sample.isPresent() ? sample.get().memory().orElse(0) : 0;
        }
        return sum;
    }

    /// The last ten minutes; nothing of one that never ran since the window was opened.
    public MetricsHistory history(ContainerId id) {
        MetricsHistory history = histories.get(id);
        return history == null ? new MetricsHistory() : history;
    }
}
