package io.darsena.bridge.container;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// One second of a container. What this host cannot tell is empty.
///
/// @param cpuPercent since the sample before; 100 is one core; empty in the first sample
/// @param memory working set in bytes: usage without inactive page cache
/// @param memoryLimit bytes; empty when unlimited
/// @param networkReceived bytes since its start, all interfaces but lo; like all counters below
/// @param throttled nanoseconds that the CPU limit made it wait
/// @param source where the numbers come from
public record ContainerMetrics(
        ContainerId id,
        Instant at,
        OptionalDouble cpuPercent,
        OptionalLong memory,
        OptionalLong memoryLimit,
        OptionalLong cache,
        OptionalLong processes,
        OptionalLong processLimit,
        OptionalLong blockRead,
        OptionalLong blockWritten,
        OptionalLong networkReceived,
        OptionalLong networkSent,
        OptionalLong throttled,
        OptionalLong oomKills,
        Optional<Pressure> pressure,
        Source source) {

    public enum Source {
        CGROUP,
        /// Summed over its processes in /proc: no cgroup was delegated.
        PROC
    }

    /// Share of the last ten seconds in per cent in which some task waited.
    public record Pressure(double cpu, double memory, double io) {}
}
