package io.darsena.app.session;

import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Measure;
import io.darsena.bridge.container.ContainerMetrics.Pressure;
import io.darsena.bridge.container.ContainerMetrics.Throttling;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/// What is remembered of a container second by second. Counters of the engine's are kept as what they grow by in a
/// second.
public enum MeasuredSeries {
    /// Per cent of one core.
    CPU(Measure.CPU, false, sample -> sample.cpuPercent().orElse(Double.NaN)),
    /// How long its CPU limit made it wait: per cent of a second, over all its threads.
    THROTTLED(Measure.THROTTLING, true, sample -> percentOfSecond(sample.throttling())),
    /// Bytes of the working set.
    MEMORY(Measure.MEMORY, false, sample -> number(sample.memory())),
    /// Bytes of files in memory.
    CACHE(Measure.CACHE, false, sample -> number(sample.cache())),
    /// Threads counted too.
    PROCESSES(Measure.PROCESSES, false, sample -> number(sample.processes())),
    /// Bytes a second, as are the next three.
    BLOCK_READ(Measure.BLOCK, true, sample -> number(sample.blockRead())),
    BLOCK_WRITTEN(Measure.BLOCK, true, sample -> number(sample.blockWritten())),
    NETWORK_RECEIVED(Measure.NETWORK, true, sample -> number(sample.networkReceived())),
    NETWORK_SENT(Measure.NETWORK, true, sample -> number(sample.networkSent())),
    /// Per cent of the time in which some task waited, as are the next two.
    PRESSURE_CPU(Measure.CPU_PRESSURE, false, sample -> some(sample.cpuPressure())),
    PRESSURE_MEMORY(Measure.MEMORY_PRESSURE, false, sample -> some(sample.memoryPressure())),
    PRESSURE_IO(Measure.IO_PRESSURE, false, sample -> some(sample.ioPressure()));

    private static final double NANOS_OF_A_PERCENT = 1e7;

    private final Measure measure;
    private final boolean counter;
    private final ToDoubleFunction<ContainerMetrics> reading;

    MeasuredSeries(Measure measure, boolean counter, ToDoubleFunction<ContainerMetrics> reading) {
        this.measure = measure;
        this.counter = counter;
        this.reading = reading;
    }

    /// What the engine gives reasons for when it is absent.
    public Measure measure() {
        return measure;
    }

    /// Whether the engine tells a sum that grows.
    boolean isCounter() {
        return counter;
    }

    /// `NaN` when it was not measured.
    double of(ContainerMetrics sample) {
        return reading.applyAsDouble(sample);
    }

    private static double number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : Double.NaN;
    }

    private static double percentOfSecond(Optional<Throttling> throttling) {
        return throttling.isPresent() ? throttling.get().nanos() / NANOS_OF_A_PERCENT : Double.NaN;
    }

    private static double some(Optional<Pressure> pressure) {
        return pressure.isPresent() ? pressure.get().some() : Double.NaN;
    }
}
