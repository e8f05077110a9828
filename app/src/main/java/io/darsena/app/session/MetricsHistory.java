package io.darsena.app.session;

import io.darsena.bridge.container.ContainerMetrics;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The last ten minutes of one container, a sample a second, in rings that grow as they fill. A gap is `NaN`.
/// JavaFX thread only.
public final class MetricsHistory {

    public static final int SECONDS = 600;

    private static final int FIRST_CAPACITY = 64;
    /// A second falls between two samples now and then, because they are not taken on the stroke.
    private static final long LEAST_GAP = 2;

    private double[] cpu = new double[FIRST_CAPACITY];
    private double[] memory = new double[FIRST_CAPACITY];
    private double[] processes = new double[FIRST_CAPACITY];
    private int start;
    private int length;
    private long lastSecond = Long.MIN_VALUE;

    void add(ContainerMetrics sample) {
        long second = sample.at().getEpochSecond();
        long missed = lastSecond == Long.MIN_VALUE ? 0 : Math.min(SECONDS, second - lastSecond - 1);
        for (long gap = 0; missed >= LEAST_GAP && gap < missed; gap++) {
            append(Double.NaN, Double.NaN, Double.NaN);
        }
        lastSecond = second;
        append(number(sample.cpuPercent()), number(sample.memory()), number(sample.processes()));
    }

    private void append(double cpuPercent, double memoryBytes, double processCount) {
        if (length == cpu.length && length < SECONDS) {
            int capacity = Math.min(SECONDS, length * 2);
            cpu = Arrays.copyOf(cpu, capacity);
            memory = Arrays.copyOf(memory, capacity);
            processes = Arrays.copyOf(processes, capacity);
        }
        int at = (start + length) % cpu.length;
        cpu[at] = cpuPercent;
        memory[at] = memoryBytes;
        processes[at] = processCount;
        if (length < cpu.length) {
            length++;
        } else {
            start = (start + 1) % cpu.length;
        }
    }

    public int length() {
        return length;
    }

    /// Oldest first; 100 is one core.
    public double[] cpuPercent() {
        return inOrder(cpu);
    }

    /// Oldest first; bytes.
    public double[] memory() {
        return inOrder(memory);
    }

    /// Oldest first.
    public double[] processes() {
        return inOrder(processes);
    }

    private double[] inOrder(double[] ring) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = ring[(start + i) % ring.length];
        }
        return values;
    }

    private static double number(OptionalDouble value) {
        return value.orElse(Double.NaN);
    }

    private static double number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : Double.NaN;
    }
}
