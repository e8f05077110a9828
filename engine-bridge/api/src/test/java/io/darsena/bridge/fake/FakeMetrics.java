package io.darsena.bridge.fake;

import io.darsena.bridge.EngineDescription.CgroupMode;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Absence;
import io.darsena.bridge.container.ContainerMetrics.Measure;
import io.darsena.bridge.container.ContainerMetrics.Pressure;
import io.darsena.bridge.container.ContainerMetrics.Throttling;
import io.darsena.bridge.container.ContainerState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Metrics that look alive: waves of CPU and memory around a level of the container's own, within its limits.
final class FakeMetrics {

    private final Supplier<List<Container>> containers;
    private final FakeEngine engine;
    private volatile boolean closed;

    FakeMetrics(Supplier<List<Container>> containers, FakeEngine engine) {
        this.containers = containers;
        this.engine = engine;
    }

    Subscription subscribe(Consumer<? super List<ContainerMetrics>> subscriber) {
        Thread thread = Thread.ofVirtual().name("fake metrics").start(() -> {
            boolean first = true;
            while (!Thread.currentThread().isInterrupted() && !closed) {
                subscriber.accept(samples(first));
                first = false;
                try {
                    Thread.sleep(engine.metricsEvery());
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        });
        return thread::interrupt;
    }

    void close() {
        closed = true;
    }

    private List<ContainerMetrics> samples(boolean first) {
        Instant now = Instant.now();
        return containers.get().stream()
                .filter(container -> container.state().runningPid().isPresent())
                .map(container -> sample(container, now, first))
                .toList();
    }

    private ContainerMetrics sample(Container container, Instant now, boolean first) {
        boolean cgroup = hasCgroups();
        boolean paused = container.state() instanceof ContainerState.Paused;
        Instant startedAt = switch (container.state()) {
            case ContainerState.Running running -> running.since();
            case ContainerState.Paused pausedState -> pausedState.startedAt();
            default -> now;
        };
        double seconds = Duration.between(startedAt, now).toMillis() / 1000.0;
        int seed = Math.floorMod(container.id().hashCode(), 40);
        double most = container.spec().limits().cpus().orElse(2) * 100;
        double cpu = paused ? 0 : Math.min(most, 4 + seed + (3 + seed / 4.0) * Math.sin(seconds / 7 + seed));
        long wave = (long) ((1 + Math.sin(seconds / 11 + seed)) * (4 << 20));
        long memory = Math.min(container.spec().limits().memory().orElse(Long.MAX_VALUE), (12L << 20) + wave);
        long moved = (long) (seconds * 20_000);
        boolean limited = container.spec().limits().cpus().isPresent();
        long wanted = (long) (seconds * 10);
        return new ContainerMetrics(
                container.id(),
                now,
                first ? OptionalDouble.empty() : OptionalDouble.of(cpu),
                cgroup
                        ? Optional.of(
                                limited
                                        ? new Throttling(wanted, wanted / 4, wanted / 4 * 20_000_000)
                                        : new Throttling(0, 0, 0))
                        : Optional.empty(),
                OptionalLong.of(memory),
                cgroup ? container.spec().limits().memory() : OptionalLong.empty(),
                inCgroup(3 << 20),
                inCgroup(0),
                OptionalLong.empty(),
                OptionalLong.of(2),
                cgroup ? container.spec().limits().processes() : OptionalLong.empty(),
                inCgroup(moved * 2),
                inCgroup(moved),
                OptionalLong.of(moved * 5),
                OptionalLong.of(moved * 3),
                inCgroup(0),
                pressure(0.4 + Math.max(0, Math.sin(seconds / 9 + seed))),
                pressure(0),
                pressure(0.1),
                cgroup ? ContainerMetrics.Source.CGROUP : ContainerMetrics.Source.PROC,
                absences(cgroup));
    }

    private boolean hasCgroups() {
        return engine.description().cgroupMode() != CgroupMode.NONE;
    }

    private OptionalLong inCgroup(long value) {
        return hasCgroups() ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /// As the kernels do: pure v1 tells no pressure.
    private Optional<Pressure> pressure(double some) {
        boolean told = hasCgroups() && engine.description().cgroupMode() != CgroupMode.V1;
        return told ? Optional.of(new Pressure(some, OptionalDouble.of(some / 2))) : Optional.empty();
    }

    private static Map<Measure, Absence> absences(boolean cgroup) {
        Map<Measure, Absence> reasons = Absence.everywhere(cgroup ? Absence.NOT_COUNTED : Absence.NO_CGROUP);
        reasons.put(Measure.CPU, Absence.FIRST_SAMPLE);
        if (cgroup) {
            reasons.put(Measure.MEMORY_LIMIT, Absence.UNLIMITED);
            reasons.put(Measure.SWAP_LIMIT, Absence.UNLIMITED);
            reasons.put(Measure.PROCESS_LIMIT, Absence.UNLIMITED);
        }
        return reasons;
    }
}
