package io.darsena.app.containers.chart;

import io.darsena.app.control.ChartUnit;
import io.darsena.app.session.MeasuredSeries;
import java.util.List;
import java.util.Locale;

/// The charts there are of a container. Titles and the names of curves stand in the bundles, by the names here.
public enum ChartKind {
    CPU(ChartUnit.PERCENT, new Part("cpu", MeasuredSeries.CPU), new Part("held", MeasuredSeries.THROTTLED)),
    MEMORY(ChartUnit.MEMORY, new Part("memory", MeasuredSeries.MEMORY), new Part("cache", MeasuredSeries.CACHE)),
    PROCESSES(ChartUnit.COUNT, new Part("processes", MeasuredSeries.PROCESSES)),
    BLOCK(
            ChartUnit.RATE,
            new Part("read", MeasuredSeries.BLOCK_READ),
            new Part("written", MeasuredSeries.BLOCK_WRITTEN)),
    NETWORK(
            ChartUnit.RATE,
            new Part("received", MeasuredSeries.NETWORK_RECEIVED),
            new Part("sent", MeasuredSeries.NETWORK_SENT)),
    PRESSURE(
            ChartUnit.PERCENT,
            new Part("pressure-cpu", MeasuredSeries.PRESSURE_CPU),
            new Part("pressure-memory", MeasuredSeries.PRESSURE_MEMORY),
            new Part("pressure-io", MeasuredSeries.PRESSURE_IO));

    private final ChartUnit unit;
    private final List<Part> parts;

    /// One curve: the style class that colours it, and what it is made of.
    record Part(String tone, MeasuredSeries series) {}

    ChartKind(ChartUnit unit, Part... parts) {
        this.unit = unit;
        this.parts = List.of(parts);
    }

    ChartUnit unit() {
        return unit;
    }

    List<Part> parts() {
        return parts;
    }

    String titleKey() {
        return "chart." + name().toLowerCase(Locale.ROOT);
    }
}
