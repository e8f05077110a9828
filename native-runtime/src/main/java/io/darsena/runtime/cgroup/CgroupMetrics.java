package io.darsena.runtime.cgroup;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What a group has used up to one moment. What is absent could not be measured here (no such controller, or the kernel
/// does not tell), which is not zero. Counters grow from the making of the group.
///
/// @param cpuNanos CPU time of all processes that are or were in it
/// @param processes threads counted too, as the pids controller does
/// @param processLimit absent also when there is none
/// @param controllers that this group has: what is absent although its controller is there, the kernel does not count
/// @param oomKills processes that the kernel killed because the group's memory was used up
public record CgroupMetrics(
        Set<Controller> controllers,
        OptionalLong cpuNanos,
        Optional<Throttling> throttling,
        Optional<Memory> memory,
        OptionalLong processes,
        OptionalLong processLimit,
        Optional<BlockTransfer> blockTransfer,
        OptionalLong oomKills,
        Optional<Pressure> cpuPressure,
        Optional<Pressure> memoryPressure,
        Optional<Pressure> ioPressure) {

    public CgroupMetrics {
        controllers = Set.copyOf(controllers);
    }

    /// @param usage all memory charged to the group
    /// @param workingSet usage without the page cache that was not used for long: what Docker calls memory in use
    /// @param cache pages of files
    /// @param limit absent when there is none
    /// @param swap of the group's memory that lies in swap; absent where the kernel does not account for it
    /// @param swapLimit beyond `limit`; absent also when there is none
    public record Memory(
            long usage, long workingSet, long cache, OptionalLong limit, OptionalLong swap, OptionalLong swapLimit) {}

    /// How often the group had used up its CPU time.
    public record Throttling(long periods, long throttledPeriods, long throttledNanos) {}

    public record BlockTransfer(long readBytes, long writtenBytes) {}

    /// Time lost waiting for a resource (PSI): the share over ten seconds in percent, and the total.
    ///
    /// @param some at least one process waited
    /// @param full all processes waited at once; of the CPU only since Linux 5.13
    public record Pressure(Stall some, Optional<Stall> full) {
        public record Stall(double percentOfTenSeconds, long totalMicros) {}
    }
}
