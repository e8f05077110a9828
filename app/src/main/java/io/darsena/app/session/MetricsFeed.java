package io.darsena.app.session;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;

/// The newest sample of each running container and the last ten minutes of it. [#beat] counts the seconds that
/// arrived: what shows numbers listens to it while it is shown. JavaFX thread only.
public final class MetricsFeed {

    private final ReadOnlyLongWrapper beat = new ReadOnlyLongWrapper();
    private final Map<ContainerId, MetricsHistory> histories = new HashMap<>();
    private Map<ContainerId, ContainerMetrics> newest = Map.of();

    void accept(List<ContainerMetrics> samples) {
        newest = samples.stream()
                .collect(Collectors.toMap(ContainerMetrics::id, sample -> sample, (first, second) -> second));
        samples.forEach(sample -> history(sample.id()).add(sample));
        beat.set(beat.get() + 1);
    }

    void forget(ContainerId id) {
        histories.remove(id);
    }

    public ReadOnlyLongProperty beat() {
        return beat.getReadOnlyProperty();
    }

    /// Empty unless it runs or is paused.
    public Optional<ContainerMetrics> newest(ContainerId id) {
        return Optional.ofNullable(newest.get(id));
    }

    /// All cores together, 100 is one core.
    public double totalCpuPercent() {
        return newest.values().stream()
                .mapToDouble(sample -> sample.cpuPercent().orElse(0))
                .sum();
    }

    /// Bytes.
    public long totalMemory() {
        return newest.values().stream()
                .mapToLong(sample -> sample.memory().orElse(0))
                .sum();
    }

    public MetricsHistory history(ContainerId id) {
        return histories.computeIfAbsent(id, unknown -> new MetricsHistory());
    }
}
