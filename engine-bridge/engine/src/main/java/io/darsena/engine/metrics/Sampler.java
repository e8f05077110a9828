package io.darsena.engine.metrics;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Pressure;
import io.darsena.bridge.container.ContainerMetrics.Source;
import io.darsena.engine.metrics.UsageSource.Subject;
import io.darsena.runtime.cgroup.CgroupMetrics;
import io.darsena.runtime.cgroup.NetworkCounters;
import io.darsena.runtime.cgroup.ProcMetrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Takes one sample of every running container, and remembers what the next one is compared with. For one thread at a
/// time.
final class Sampler {

    private static final double PER_CENT = 100;

    private final UsageSource source;
    private Map<ContainerId, Mark> marks = new HashMap<>();

    /// What CPU use is reckoned from.
    private record Mark(long run, long cpuNanos, long nanoTime) {}

    Sampler(UsageSource source) {
        this.source = source;
    }

    /// What vanishes in the middle is left out.
    List<ContainerMetrics> sample() {
        List<ContainerMetrics> samples = new ArrayList<>();
        Map<ContainerId, Mark> next = new HashMap<>();
        for (Subject subject : source.running()) {
            Optional<CgroupMetrics> cgroup = source.cgroup(subject.id());
            if (cgroup.isPresent()) {
                samples.add(ofCgroup(subject, cgroup.get(), next));
            } else {
                ProcMetrics.ofFamily(subject.pid()).ifPresent(family -> samples.add(ofFamily(subject, family, next)));
            }
        }
        marks = next;
        return samples;
    }

    private ContainerMetrics ofCgroup(Subject subject, CgroupMetrics usage, Map<ContainerId, Mark> next) {
        Optional<NetworkCounters> network = NetworkCounters.of(subject.pid());
        return new ContainerMetrics(
                subject.id(),
                Instant.now(),
                usage.cpuNanos().isPresent()
                        ? cpu(subject, usage.cpuNanos().getAsLong(), next)
                        : OptionalDouble.empty(),
                number(usage.memory().map(CgroupMetrics.Memory::workingSet)),
                usage.memory().map(CgroupMetrics.Memory::limit).orElse(OptionalLong.empty()),
                number(usage.memory().map(CgroupMetrics.Memory::cache)),
                usage.processes(),
                usage.processLimit(),
                number(usage.blockTransfer().map(CgroupMetrics.BlockTransfer::readBytes)),
                number(usage.blockTransfer().map(CgroupMetrics.BlockTransfer::writtenBytes)),
                number(network.map(NetworkCounters::receivedBytes)),
                number(network.map(NetworkCounters::sentBytes)),
                number(usage.throttling().map(CgroupMetrics.Throttling::throttledNanos)),
                usage.oomKills(),
                pressure(usage),
                Source.CGROUP);
    }

    private ContainerMetrics ofFamily(Subject subject, ProcMetrics usage, Map<ContainerId, Mark> next) {
        Optional<NetworkCounters> network = NetworkCounters.of(subject.pid());
        return new ContainerMetrics(
                subject.id(),
                Instant.now(),
                cpu(subject, usage.cpuNanos(), next),
                OptionalLong.of(usage.memoryBytes()),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(usage.processes()),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                number(network.map(NetworkCounters::receivedBytes)),
                number(network.map(NetworkCounters::sentBytes)),
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Source.PROC);
    }

    private OptionalDouble cpu(Subject subject, long cpuNanos, Map<ContainerId, Mark> next) {
        long now = System.nanoTime();
        next.put(subject.id(), new Mark(subject.run(), cpuNanos, now));
        Mark before = marks.get(subject.id());
        if (before == null || before.run() != subject.run() || now <= before.nanoTime()) {
            return OptionalDouble.empty();
        }
        double used = Math.max(0, cpuNanos - before.cpuNanos());
        return OptionalDouble.of(PER_CENT * used / (now - before.nanoTime()));
    }

    private static Optional<Pressure> pressure(CgroupMetrics usage) {
        if (usage.cpuPressure().isEmpty()
                || usage.memoryPressure().isEmpty()
                || usage.ioPressure().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Pressure(
                usage.cpuPressure().get().some().percentOfTenSeconds(),
                usage.memoryPressure().get().some().percentOfTenSeconds(),
                usage.ioPressure().get().some().percentOfTenSeconds()));
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
