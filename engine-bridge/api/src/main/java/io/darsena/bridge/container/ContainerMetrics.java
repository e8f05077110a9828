package io.darsena.bridge.container;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// One second of a container. What this host cannot tell is empty, which is not zero, and [#absence] says why.
///
/// @param cpuPercent since the sample before; 100 is one core
/// @param throttling what its CPU limit did to it since its start
/// @param memory working set in bytes: usage without inactive page cache
/// @param memoryLimit bytes
/// @param cache bytes of files in memory
/// @param swap bytes of its memory that lie in swap
/// @param swapLimit bytes
/// @param processes threads counted too
/// @param blockRead bytes since its start, like all counters below
/// @param networkReceived all interfaces of its network but loopback
/// @param oomKills processes that the kernel killed because its memory was used up
/// @param source where the numbers come from
/// @param absences why each value that is empty is so
public record ContainerMetrics(
        ContainerId id,
        Instant at,
        OptionalDouble cpuPercent,
        Optional<Throttling> throttling,
        OptionalLong memory,
        OptionalLong memoryLimit,
        OptionalLong cache,
        OptionalLong swap,
        OptionalLong swapLimit,
        OptionalLong processes,
        OptionalLong processLimit,
        OptionalLong blockRead,
        OptionalLong blockWritten,
        OptionalLong networkReceived,
        OptionalLong networkSent,
        OptionalLong oomKills,
        Optional<Pressure> cpuPressure,
        Optional<Pressure> memoryPressure,
        Optional<Pressure> ioPressure,
        Source source,
        Map<Measure, Absence> absences) {

    /// Reasons for what is present are dropped.
    ///
    /// @throws IllegalArgumentException when a value is empty without a reason
    public ContainerMetrics {
        EnumMap<Measure, Absence> given = new EnumMap<>(Measure.class);
        given.putAll(absences);
        EnumMap<Measure, Absence> reasons = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            boolean present = switch (measure) {
                case CPU -> cpuPercent.isPresent();
                case THROTTLING -> throttling.isPresent();
                case MEMORY -> memory.isPresent();
                case MEMORY_LIMIT -> memoryLimit.isPresent();
                case CACHE -> cache.isPresent();
                case SWAP -> swap.isPresent();
                case SWAP_LIMIT -> swapLimit.isPresent();
                case PROCESSES -> processes.isPresent();
                case PROCESS_LIMIT -> processLimit.isPresent();
                case BLOCK -> blockRead.isPresent() && blockWritten.isPresent();
                case NETWORK -> networkReceived.isPresent() && networkSent.isPresent();
                case OOM_KILLS -> oomKills.isPresent();
                case CPU_PRESSURE -> cpuPressure.isPresent();
                case MEMORY_PRESSURE -> memoryPressure.isPresent();
                case IO_PRESSURE -> ioPressure.isPresent();
            };
            Absence reason = given.get(measure);
            if (!present && reason == null) {
                throw new IllegalArgumentException(measure + " is absent without a reason");
            }
            if (!present && reason != null) {
                reasons.put(measure, reason);
            }
        }
        absences = Collections.unmodifiableMap(reasons);
    }

    /// Why a measure is absent; empty when it is there.
    public Optional<Absence> absence(Measure measure) {
        return Optional.ofNullable(absences.get(measure));
    }

    /// What is measured.
    public enum Measure {
        CPU,
        THROTTLING,
        MEMORY,
        MEMORY_LIMIT,
        CACHE,
        SWAP,
        SWAP_LIMIT,
        PROCESSES,
        PROCESS_LIMIT,
        /// Read and written.
        BLOCK,
        /// Received and sent.
        NETWORK,
        OOM_KILLS,
        CPU_PRESSURE,
        MEMORY_PRESSURE,
        IO_PRESSURE
    }

    /// Why there is no value.
    public enum Absence {
        /// A rate needs the sample before.
        FIRST_SAMPLE,
        /// There is no limit.
        UNLIMITED,
        /// No control group was to be had: /proc tells less.
        NO_CGROUP,
        /// This host does not grant the controller that counts it.
        NO_CONTROLLER,
        /// This kernel does not count it: it was built or booted without, or only newer ones do.
        NOT_COUNTED,
        /// It uses the host's network: its own traffic cannot be told apart.
        HOST_NETWORK,
        /// Its processes were gone before they could be asked.
        GONE;

        /// One reason for whatever may be empty.
        public static Map<Measure, Absence> everywhere(Absence reason) {
            EnumMap<Measure, Absence> all = new EnumMap<>(Measure.class);
            for (Measure measure : Measure.values()) {
                all.put(measure, reason);
            }
            return all;
        }
    }

    public enum Source {
        CGROUP,
        /// Summed over its processes in /proc: no cgroup was delegated.
        PROC
    }

    /// @param periods of a tenth of a second in which it wanted CPU time under a limit
    /// @param throttledPeriods those in which it had used up its share
    /// @param nanos that its threads were made to wait, all together
    public record Throttling(long periods, long throttledPeriods, long nanos) {}

    /// Share of the last ten seconds in per cent (PSI, `avg10`).
    ///
    /// @param some in which at least one task waited
    /// @param full in which all waited at once; empty where the kernel does not tell
    public record Pressure(double some, OptionalDouble full) {}
}
