package io.darsena.engine.metrics;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Pressure;
import io.darsena.bridge.container.ContainerMetrics.Source;
import io.darsena.bridge.container.ContainerMetrics.Throttling;
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
import java.util.stream.Collectors;

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
        List<Subject> withoutCgroup = new ArrayList<>();
        for (Subject subject : source.running()) {
            Optional<CgroupMetrics> cgroup = source.cgroup(subject.id());
            if (cgroup.isPresent()) {
                samples.add(ofCgroup(subject, cgroup.get(), next));
            } else {
                withoutCgroup.add(subject);
            }
        }
        if (!withoutCgroup.isEmpty()) {
            families(withoutCgroup, samples, next);
        }
        marks = next;
        return samples;
    }

    /// Goes through /proc once for all of them.
    private void families(List<Subject> subjects, List<ContainerMetrics> samples, Map<ContainerId, Mark> next) {
        Map<Long, ProcMetrics> families = ProcMetrics.ofFamilies(
                subjects.stream().map(subject -> (long) subject.pid()).collect(Collectors.toSet()));
        for (Subject subject : subjects) {
            ProcMetrics family = families.get((long) subject.pid());
            if (family != null) {
                samples.add(ofFamily(subject, family, next));
            }
        }
    }

    private ContainerMetrics ofCgroup(Subject subject, CgroupMetrics usage, Map<ContainerId, Mark> next) {
        Optional<NetworkCounters> network = network(subject);
        Optional<CgroupMetrics.Memory> memory = usage.memory();
        return new ContainerMetrics(
                subject.id(),
                Instant.now(),
                usage.cpuNanos().isPresent()
                        ? cpu(subject, usage.cpuNanos().getAsLong(), next)
                        : OptionalDouble.empty(),
                usage.throttling().map(Sampler::throttling),
                number(memory.map(CgroupMetrics.Memory::workingSet)),
                memory.map(CgroupMetrics.Memory::limit).orElse(OptionalLong.empty()),
                number(memory.map(CgroupMetrics.Memory::cache)),
                memory.map(CgroupMetrics.Memory::swap).orElse(OptionalLong.empty()),
                memory.map(CgroupMetrics.Memory::swapLimit).orElse(OptionalLong.empty()),
                usage.processes(),
                usage.processLimit(),
                number(usage.blockTransfer().map(CgroupMetrics.BlockTransfer::readBytes)),
                number(usage.blockTransfer().map(CgroupMetrics.BlockTransfer::writtenBytes)),
                number(network.map(NetworkCounters::receivedBytes)),
                number(network.map(NetworkCounters::sentBytes)),
                usage.oomKills(),
                usage.cpuPressure().map(Sampler::pressure),
                usage.memoryPressure().map(Sampler::pressure),
                usage.ioPressure().map(Sampler::pressure),
                Source.CGROUP,
                MissingMeasures.ofCgroup(subject, usage));
    }

    private ContainerMetrics ofFamily(Subject subject, ProcMetrics usage, Map<ContainerId, Mark> next) {
        Optional<NetworkCounters> network = network(subject);
        return new ContainerMetrics(
                subject.id(),
                Instant.now(),
                cpu(subject, usage.cpuNanos(), next),
                Optional.empty(),
                OptionalLong.of(usage.memoryBytes()),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.of(usage.processes()),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                number(network.map(NetworkCounters::receivedBytes)),
                number(network.map(NetworkCounters::sentBytes)),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Source.PROC,
                MissingMeasures.ofFamily(subject));
    }

    private static Optional<NetworkCounters> network(Subject subject) {
        return subject.ownNetwork() ? NetworkCounters.of(subject.pid()) : Optional.empty();
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

    private static Throttling throttling(CgroupMetrics.Throttling counted) {
        return new Throttling(counted.periods(), counted.throttledPeriods(), counted.throttledNanos());
    }

    private static Pressure pressure(CgroupMetrics.Pressure felt) {
        return new Pressure(
                felt.some().percentOfTenSeconds(),
                felt.full()
                        .map(stall -> OptionalDouble.of(stall.percentOfTenSeconds()))
                        .orElse(OptionalDouble.empty()));
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
