package io.darsena.bridge.fake;

import io.darsena.bridge.EngineDescription.CgroupMode;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        boolean cgroup = engine.description().cgroupMode() != CgroupMode.NONE;
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
        return new ContainerMetrics(
                container.id(),
                now,
                first ? OptionalDouble.empty() : OptionalDouble.of(cpu),
                OptionalLong.of(memory),
                container.spec().limits().memory(),
                cgroup ? OptionalLong.of(3 << 20) : OptionalLong.empty(),
                OptionalLong.of(2),
                container.spec().limits().processes(),
                cgroup ? OptionalLong.of(moved * 2) : OptionalLong.empty(),
                cgroup ? OptionalLong.of(moved) : OptionalLong.empty(),
                OptionalLong.of(moved * 5),
                OptionalLong.of(moved * 3),
                cgroup ? OptionalLong.of(0) : OptionalLong.empty(),
                cgroup ? OptionalLong.of(0) : OptionalLong.empty(),
                cgroup ? Optional.of(new ContainerMetrics.Pressure(0.4, 0, 0.1)) : Optional.empty(),
                cgroup ? ContainerMetrics.Source.CGROUP : ContainerMetrics.Source.PROC);
    }
}
