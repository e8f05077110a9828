package io.darsena.docker.wire;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Throttling;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes metrics as Docker's API shapes them (ContainerStats). Clients compute a share of the CPU from two pairs of
/// counters, what the container and what the machine used: both are counted up here from the share that the engine
/// measured. Counters that nobody counts here are 0, as Docker's are where the kernel does not tell them: clients of
/// fixed shapes fail without them. One stream's, in order; not thread-safe.
public final class StatsShape {

    private static final double PERCENT = 100;
    /// What the engine does not count of a network, and clients of fixed shapes want to read.
    private static final List<String> UNCOUNTED =
            List.of("rx_packets", "rx_errors", "rx_dropped", "tx_packets", "tx_errors", "tx_dropped");

    private static final String NEVER = "0001-01-01T00:00:00Z";

    private final int processors;
    private final long hostMemory;
    private Instant last = Instant.EPOCH;
    private Cpu before = new Cpu(0, 0);

    /// @param used nanoseconds that the container used
    /// @param elapsed nanoseconds that all processors together had
    private record Cpu(long used, long elapsed) {}

    public StatsShape(int processors, long hostMemory) {
        this.processors = processors;
        this.hostMemory = hostMemory;
    }

    /// @param sample empty while it does not run
    public Map<String, Object> next(Container container, Optional<ContainerMetrics> sample) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("id", container.id().toString());
        shape.put("name", "/" + container.name());
        shape.put("read", sample.map(taken -> taken.at().toString()).orElse(NEVER));
        shape.put("preread", last.equals(Instant.EPOCH) ? NEVER : last.toString());
        shape.put("num_procs", 0);
        shape.put("pids_stats", sample.map(StatsShape::processes).orElse(Map.of()));
        Cpu now = sample.map(this::advanced).orElse(before);
        shape.put("cpu_stats", cpu(now, sample.flatMap(ContainerMetrics::throttling)));
        shape.put("precpu_stats", cpu(before, Optional.empty()));
        shape.put("memory_stats", sample.map(this::memory).orElse(Map.of()));
        shape.put("storage_stats", Map.of());
        shape.put("blkio_stats", sample.map(StatsShape::blocks).orElse(Map.of()));
        sample.filter(taken -> taken.networkReceived().isPresent())
                .ifPresent(taken -> shape.put("networks", Map.of("eth0", traffic(taken))));
        before = now;
        last = sample.map(ContainerMetrics::at).orElse(last);
        return shape;
    }

    private Cpu advanced(ContainerMetrics sample) {
        long passed = last.equals(Instant.EPOCH)
                ? Duration.ofSeconds(1).toNanos()
                : Math.max(1, Duration.between(last, sample.at()).toNanos());
        long used = (long) (sample.cpuPercent().orElse(0) / PERCENT * passed);
        return new Cpu(before.used + used, before.elapsed + passed * processors);
    }

    private Map<String, Object> cpu(Cpu cpu, Optional<Throttling> throttling) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("cpu_usage", Map.of("total_usage", cpu.used, "usage_in_kernelmode", 0, "usage_in_usermode", 0));
        shape.put("system_cpu_usage", cpu.elapsed);
        shape.put("online_cpus", processors);
        shape.put(
                "throttling_data",
                Map.of(
                        "periods", throttling.map(Throttling::periods).orElse(0L),
                        "throttled_periods",
                                throttling.map(Throttling::throttledPeriods).orElse(0L),
                        "throttled_time", throttling.map(Throttling::nanos).orElse(0L)));
        return shape;
    }

    private static Map<String, Object> processes(ContainerMetrics sample) {
        Map<String, Object> shape = new LinkedHashMap<>();
        sample.processes().ifPresent(count -> shape.put("current", count));
        sample.processLimit().ifPresent(limit -> shape.put("limit", limit));
        return shape;
    }

    /// The engine's memory is without the page cache already: there is nothing more to take off, and no `stats` of what
    /// that would be.
    private Map<String, Object> memory(ContainerMetrics sample) {
        Map<String, Object> shape = new LinkedHashMap<>();
        sample.memory().ifPresent(bytes -> shape.put("usage", bytes));
        shape.put("limit", sample.memoryLimit().orElse(hostMemory));
        return shape;
    }

    private static Map<String, Object> blocks(ContainerMetrics sample) {
        if (sample.blockRead().isEmpty() || sample.blockWritten().isEmpty()) {
            return Map.of();
        }
        return Map.of(
                "io_service_bytes_recursive",
                List.of(
                        bytes("read", sample.blockRead().getAsLong()),
                        bytes("write", sample.blockWritten().getAsLong())));
    }

    private static Map<String, Object> bytes(String operation, long bytes) {
        return Map.of("major", 0, "minor", 0, "op", operation, "value", bytes);
    }

    private static Map<String, Object> traffic(ContainerMetrics sample) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("rx_bytes", sample.networkReceived().orElse(0));
        shape.put("tx_bytes", sample.networkSent().orElse(0));
        UNCOUNTED.forEach(counter -> shape.put(counter, 0));
        return shape;
    }
}
