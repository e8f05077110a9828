package io.darsena.bridge.container;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Limits of a container. Empty means unlimited.
///
/// @param memory bytes, at least 6 MiB as in Docker
/// @param memoryAndSwap bytes of memory and swap together, at least `memory`, or [#UNLIMITED_SWAP]; empty with `memory`
///     set: twice `memory`
/// @param cpus cores, as 1.5
/// @param processes how many processes and threads
public record ResourceLimits(
        OptionalLong memory, OptionalLong memoryAndSwap, OptionalDouble cpus, OptionalLong processes) {

    public static final ResourceLimits NONE = new ResourceLimits(
            OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty(), OptionalLong.empty());

    /// As much swap as the machine has, as Docker writes it.
    public static final long UNLIMITED_SWAP = -1;

    public static final long LEAST_MEMORY = 6L << 20;

    /// 1 EiB: more no machine has, and twice as much can still be counted.
    public static final long MOST_MEMORY = 1L << 60;

    /// As many processes as Linux can ever number (`PID_MAX_LIMIT`).
    public static final long MOST_PROCESSES = 1L << 22;

    public ResourceLimits {
        if (memory.isPresent() && memory.getAsLong() < LEAST_MEMORY) {
            throw new IllegalArgumentException("memory limit " + memory.getAsLong() + " is below the least, 6 MiB");
        }
        if (Math.max(memory.orElse(0), memoryAndSwap.orElse(0)) > MOST_MEMORY) {
            throw new IllegalArgumentException("a memory limit is above the most, 1 EiB");
        }
        if (memoryAndSwap.isPresent() && memory.isEmpty()) {
            throw new IllegalArgumentException("a limit of memory and swap needs a memory limit");
        }
        if (memoryAndSwap.isPresent()
                && memoryAndSwap.getAsLong() != UNLIMITED_SWAP
                && memoryAndSwap.getAsLong() < memory.getAsLong()) {
            throw new IllegalArgumentException("the limit of memory and swap is below the memory limit");
        }
        if (cpus.isPresent() && !(cpus.getAsDouble() >= 0.01 && cpus.getAsDouble() <= 4096)) {
            throw new IllegalArgumentException("cpu limit " + cpus.getAsDouble() + " is not between 0.01 and 4096");
        }
        if (processes.isPresent() && processes.getAsLong() < 1) {
            throw new IllegalArgumentException("process limit " + processes.getAsLong() + " is below 1");
        }
        if (processes.orElse(0) > MOST_PROCESSES) {
            throw new IllegalArgumentException(
                    "process limit " + processes.getAsLong() + " is above the most, " + MOST_PROCESSES);
        }
    }

    /// Whether memory is limited and swap is not.
    public boolean hasUnlimitedSwap() {
        return memoryAndSwap.orElse(0) == UNLIMITED_SWAP;
    }
}
