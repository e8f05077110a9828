package io.darsena.runtime.cgroup;

import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/// What a container may use; what is absent is not limited.
///
/// @param memoryBytes at least 6 MiB make sense; the kernel rounds to pages
/// @param memoryAndSwapBytes memory and swap together, as Docker counts: not below `memoryBytes`, and not without it
/// @param nanoCpus billionths of a CPU's time: 500,000,000 is half a CPU
/// @param pids processes and threads
public record CgroupLimits(
        OptionalLong memoryBytes, OptionalLong memoryAndSwapBytes, OptionalLong nanoCpus, OptionalLong pids) {

    public static final CgroupLimits NONE =
            new CgroupLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    /// The kernel takes no quota below a millisecond of a period of a tenth of a second.
    static final long PERIOD_MICROS = 100_000;

    private static final long SMALLEST_NANO_CPUS = 10_000_000;

    public CgroupLimits {
        requirePositive(memoryBytes, "the memory limit");
        requirePositive(memoryAndSwapBytes, "the limit of memory and swap");
        requirePositive(pids, "the limit of processes");
        if (nanoCpus.isPresent() && nanoCpus.getAsLong() < SMALLEST_NANO_CPUS) {
            throw new IllegalArgumentException("the CPU limit must be at least 0.01 CPUs");
        }
        if (memoryAndSwapBytes.isPresent()
                && (memoryBytes.isEmpty() || memoryAndSwapBytes.getAsLong() < memoryBytes.getAsLong())) {
            throw new IllegalArgumentException(
                    "the limit of memory and swap together needs a memory limit and must not be below it");
        }
    }

    public CgroupLimits withMemory(long bytes) {
        return new CgroupLimits(OptionalLong.of(bytes), memoryAndSwapBytes, nanoCpus, pids);
    }

    public CgroupLimits withMemoryAndSwap(long memory, long both) {
        return new CgroupLimits(OptionalLong.of(memory), OptionalLong.of(both), nanoCpus, pids);
    }

    public CgroupLimits withNanoCpus(long nanos) {
        return new CgroupLimits(memoryBytes, memoryAndSwapBytes, OptionalLong.of(nanos), pids);
    }

    public CgroupLimits withPids(long count) {
        return new CgroupLimits(memoryBytes, memoryAndSwapBytes, nanoCpus, OptionalLong.of(count));
    }

    /// What has to be controlled for these limits to hold.
    public Set<Controller> controllers() {
        Set<Controller> needed = EnumSet.noneOf(Controller.class);
        if (memoryBytes.isPresent()) {
            needed.add(Controller.MEMORY);
        }
        if (nanoCpus.isPresent()) {
            needed.add(Controller.CPU);
        }
        if (pids.isPresent()) {
            needed.add(Controller.PIDS);
        }
        return needed;
    }

    /// Microseconds of CPU time in each period of [#PERIOD_MICROS].
    OptionalLong quotaMicros() {
        return nanoCpus.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        Math.multiplyHigh(nanoCpus.getAsLong(), PERIOD_MICROS) != 0
                                ? Long.MAX_VALUE
                                : nanoCpus.getAsLong() * PERIOD_MICROS / 1_000_000_000);
    }

    private static void requirePositive(OptionalLong value, String what) {
        if (value.isPresent() && value.getAsLong() <= 0) {
            throw new IllegalArgumentException(what + " must be positive: " + value.getAsLong());
        }
    }
}
