package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.darsena.bridge.EngineDescription.CgroupMode;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Absence;
import io.darsena.bridge.container.ContainerMetrics.Measure;
import io.darsena.bridge.container.ContainerMetrics.Source;
import io.darsena.bridge.container.ContainerMetrics.Throttling;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.contract.Patience;
import io.darsena.bridge.contract.Recorder;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.engine.kernel.RealEngine.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Limits and metrics against known loads.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerUsageIT {

    private static final long MEBIBYTE = 1 << 20;

    private final Path temporary;
    private final RealEngine engine;
    private final Path memoryProbe = RealEngine.probe("memory_probe");

    ContainerUsageIT(@TempDir Path temporary) {
        this.temporary = temporary;
        this.engine = new RealEngine(temporary.resolve("engine"));
    }

    @AfterEach
    void removeAll() {
        engine.removeAll();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private static ResourceLimits memory(long mebibytes) {
        return new ResourceLimits(
                OptionalLong.of(mebibytes * MEBIBYTE),
                OptionalLong.of(mebibytes * MEBIBYTE),
                OptionalDouble.empty(),
                OptionalLong.empty());
    }

    private static ResourceLimits cpus(double cpus) {
        return new ResourceLimits(
                OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.of(cpus), OptionalLong.empty());
    }

    private static ResourceLimits processes(long processes) {
        return new ResourceLimits(
                OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty(), OptionalLong.of(processes));
    }

    private void assumeCgroups() {
        Assumptions.assumeTrue(
                engine.hasCgroups(),
                () -> "no control groups here: " + engine.engine().description().reductions());
    }

    private List<ContainerMetrics> samples(ContainerId id, int count) throws InterruptedException {
        List<ContainerMetrics> samples = new ArrayList<>();
        CountDownLatch enough = new CountDownLatch(count);
        try (Subscription metrics = engine.containers().metrics(heard -> {
            synchronized (samples) {
                heard.stream().filter(sample -> sample.id().equals(id)).forEach(sample -> {
                    samples.add(sample);
                    enough.countDown();
                });
            }
        })) {
            assertThat(enough.await(Patience.ofSeconds(count + 10).toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    /// An average over several seconds, of a container that wants more than it may have.
    ///
    /// @param served the share of its periods in which it had used up what it may have: less means that others
    ///     on this machine kept it from doing so
    private record Window(double averagePercent, double seconds, double served) {
        boolean wasKeptFromItsHalf() {
            return averagePercent < 45 && served < 0.95;
        }
    }

    private Window window(ContainerId id) throws InterruptedException {
        List<ContainerMetrics> samples = samples(id, 5);
        double seconds = 0;
        double used = 0;
        for (int index = 1; index < samples.size(); index++) {
            double took = Duration.between(
                                    samples.get(index - 1).at(),
                                    samples.get(index).at())
                            .toNanos()
                    / 1e9;
            used += samples.get(index).cpuPercent().orElseThrow() * took;
            seconds += took;
        }
        Throttling before = samples.getFirst().throttling().orElseThrow();
        Throttling after = samples.getLast().throttling().orElseThrow();
        double served =
                (double) (after.throttledPeriods() - before.throttledPeriods()) / (after.periods() - before.periods());
        return new Window(used / seconds, seconds, served);
    }

    /// Gives it, and the groups it lies in, the greatest weight there is, so that other work on the machine keeps it
    /// less
    /// from using what it may.
    ///
    /// @return what the weights were before, by file
    private Map<Path, String> prefer(ContainerId id) throws IOException {
        Map<Path, String> before = new HashMap<>();
        for (String line : Files.readAllLines(Path.of("/proc", Integer.toString(engine.pid(id)), "cgroup"))) {
            String[] fields = line.split(":", 3);
            Path root = Path.of("/sys/fs/cgroup", fields[1]);
            Path own = root.resolve(fields[2].substring(1));
            for (Path group = own; !group.equals(root); group = Objects.requireNonNull(group.getParent())) {
                prefer(group.resolve("cpu.shares"), "262144", before);
                prefer(group.resolve("cpu.weight"), "10000", before);
            }
        }
        return before;
    }

    private static void prefer(Path file, String greatest, Map<Path, String> before) throws IOException {
        if (Files.isWritable(file)) {
            before.put(file, Files.readString(file).strip());
            Files.writeString(file, greatest);
        }
    }

    /// Other work on the machine may keep it from using its half; then the kernel tells of periods in which it
    /// was not throttled, and the window says nothing of the limit. Nothing lets it use more.
    @Test
    @Timeout(180)
    void halfACpuReadsFiftyPerCentOverSeconds() throws Exception {
        assumeCgroups();
        ContainerId id =
                engine.ready(RealEngine.spec("sh", "-c", "while :; do :; done & echo ready; while :; do :; done")
                        .withLimits(cpus(0.5)));
        Map<Path, String> weights = prefer(id);
        Window last;
        try {
            last = window(id);
            for (int attempt = 0; attempt < 12 && last.wasKeptFromItsHalf(); attempt++) {
                assertThat(last.averagePercent()).isLessThan(55);
                last = window(id);
            }
        } finally {
            for (Map.Entry<Path, String> weight : weights.entrySet()) {
                Files.writeString(weight.getKey(), weight.getValue());
            }
        }
        Window window = last;
        Assumptions.assumeFalse(
                window.wasKeptFromItsHalf(), () -> "this machine is too busy to give anybody half a CPU: " + window);
        assertThat(window.seconds()).isGreaterThanOrEqualTo(3);
        assertThat(window.averagePercent()).isCloseTo(50, within(5.0));
    }

    @Test
    void whatAContainerWritesAndReadsOfADiskIsCounted() throws Exception {
        assumeCgroups();
        // Past the page cache: cgroup v1 counts what somebody else's sync writes back as nobody's.
        ContainerId id = engine.ready(
                RealEngine.spec(
                        "sh",
                        "-c",
                        "dd if=/dev/zero of=/data bs=1M count=24 oflag=direct 2>&1; cat /data >/dev/null; echo ready; sleep 60"));
        ContainerMetrics sample = samples(id, 1).getFirst();
        Assumptions.assumeTrue(
                sample.blockWritten().isPresent() && onDisk(),
                () -> "blocks are not counted here: " + sample.absence(Measure.BLOCK));
        assertThat(sample.blockWritten().orElseThrow()).isBetween(24 * MEBIBYTE, 40 * MEBIBYTE);
        assertThat(sample.cache().orElseThrow()).isGreaterThanOrEqualTo(20 * MEBIBYTE);
    }

    /// A tmpfs writes to no disk.
    private boolean onDisk() throws IOException {
        return !Files.getFileStore(temporary).type().equals("tmpfs");
    }

    @Test
    void aLimitThatHoldsItBackIsSeenInThrottlingAndPressure() throws Exception {
        assumeCgroups();
        ContainerId id = engine.ready(
                RealEngine.spec("sh", "-c", "echo ready; while :; do :; done").withLimits(cpus(0.1)));
        ContainerMetrics late = samples(id, 5).getLast();
        Throttling throttling = late.throttling().orElseThrow();
        assertThat(throttling.throttledPeriods()).isBetween(5L, throttling.periods());
        assertThat(throttling.nanos()).isGreaterThan(500_000_000L);
        boolean tellsPressure = engine.engine().description().cgroupMode() == CgroupMode.V2
                && Files.exists(Path.of("/proc/pressure/cpu"));
        if (tellsPressure) {
            assertThat(late.cpuPressure().orElseThrow().some()).isGreaterThan(20);
        }
        // On hybrid the limit is v1's: the v2 group beside it tells no wait for it.
        assertThat(late.cpuPressure().isPresent())
                .isNotEqualTo(late.absence(Measure.CPU_PRESSURE).isPresent());
    }

    @Test
    void everyMeasureIsThereOrSaysWhyNot() throws Exception {
        ContainerId id = engine.endless();
        ContainerMetrics sample = samples(id, 2).getLast();
        assertThat(sample.cpuPercent()).isPresent();
        assertThat(sample.memory()).isPresent();
        assertThat(sample.processes()).isPresent();
        assertThat(sample.networkReceived()).hasValue(0);
        if (engine.hasCgroups()) {
            assertThat(sample.cache()).isPresent();
            assertThat(sample.throttling()).isPresent();
            assertThat(sample.absence(Measure.MEMORY_LIMIT)).contains(Absence.UNLIMITED);
            assertThat(sample.absence(Measure.PROCESS_LIMIT)).contains(Absence.UNLIMITED);
            boolean unified = engine.engine().description().cgroupMode() != CgroupMode.V1;
            if (unified && Files.exists(Path.of("/proc/pressure/memory"))) {
                assertThat(sample.memoryPressure()).isPresent();
                assertThat(sample.ioPressure()).isPresent();
            }
        } else {
            assertThat(sample.absence(Measure.CACHE)).contains(Absence.NO_CGROUP);
            assertThat(sample.absence(Measure.BLOCK)).contains(Absence.NO_CGROUP);
        }
    }

    @Test
    void fortyMebibytesReadFortyMebibytes() throws Exception {
        ContainerId id =
                engine.ready(RealEngine.spec("/memory_probe", "40"), created -> engine.install(created, memoryProbe));
        ContainerMetrics sample = samples(id, 1).getFirst();
        assertThat(sample.source()).isEqualTo(engine.hasCgroups() ? Source.CGROUP : Source.PROC);
        assertThat((double) sample.memory().orElseThrow()).isCloseTo(40.0 * MEBIBYTE, within(0.05 * 40 * MEBIBYTE));
    }

    @Test
    void limitsAreSeenInside() {
        assumeCgroups();
        Outcome outcome = engine.run(RealEngine.spec(
                        "sh",
                        "-c",
                        "cd /sys/fs/cgroup; cat memory/memory.limit_in_bytes memory.max pids/pids.max pids.max 2>/dev/null")
                .withLimits(new ResourceLimits(
                        OptionalLong.of(64 * MEBIBYTE),
                        OptionalLong.empty(),
                        OptionalDouble.of(1.5),
                        OptionalLong.of(77))));
        assertThat(outcome.out()).contains(Long.toString(64 * MEBIBYTE), "77");
    }

    @Test
    void noMoreProcessesThanTheLimitComeToBe() {
        assumeCgroups();
        Outcome outcome = engine.run(
                RealEngine.spec("sh", "-c", "i=0; while [ $i -lt 30 ]; do sleep 3 & i=$((i+1)); done; echo all")
                        .withLimits(processes(10)));
        assertThat(outcome.out()).doesNotContain("all");
        assertThat(outcome.err()).anyMatch(line -> line.contains("fork"));
    }

    @Test
    void runningOutOfMemoryIsNamedAsTheReason() {
        assumeCgroups();
        ContainerId id = engine.containers()
                .create(RealEngine.spec("/memory_probe", "100").withLimits(memory(32)));
        engine.install(id, memoryProbe);
        try (Recorder recorder = new Recorder(engine.engine())) {
            engine.containers().start(id);
            ContainerState.Exited end = engine.containers().await(id);
            assertThat(end.cause()).isEqualTo(ExitCause.OUT_OF_MEMORY);
            assertThat(end.code()).isEqualTo(137);
            recorder.await(
                    event -> recorder.changes(id).stream().anyMatch(change -> change.action() == ContainerAction.DIE));
            assertThat(recorder.changes(id))
                    .filteredOn(change -> change.action() == ContainerAction.OOM)
                    .hasSize(1);
        }
        assertThat(engine.containers().inspect(id)).contains("\"OOMKilled\" : true");
    }

    @Test
    void aChildThatTheKernelKilledCountsOne() throws Exception {
        assumeCgroups();
        ContainerId id = engine.ready(
                RealEngine.spec("sh", "-c", "/memory_probe 100; echo ready; sleep 60")
                        .withLimits(memory(32)),
                created -> engine.install(created, memoryProbe));
        assertThat(samples(id, 1).getFirst().oomKills()).hasValue(1);
    }

    @Test
    void aPausedContainerUsesNoCpuAndGoesOnAfterwards() throws Exception {
        assumeCgroups();
        ContainerId id = engine.ready(RealEngine.spec("sh", "-c", "echo ready; while :; do :; done"));
        int pid = engine.pid(id);
        engine.containers().pause(id);
        long frozen = ticks(pid);
        Thread.sleep(400);
        assertThat(ticks(pid)).isEqualTo(frozen);
        assertThat(samples(id, 2).getLast().cpuPercent()).hasValue(0);
        engine.containers().resume(id);
        Thread.sleep(400);
        assertThat(ticks(pid)).isGreaterThan(frozen);
        engine.containers().pause(id);
        engine.containers().kill(id, "KILL");
        assertThat(engine.containers().await(id).code()).isEqualTo(137);
    }

    private static long ticks(int pid) throws java.io.IOException {
        String stat = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    @Test
    void whereThereAreNoCgroupsPauseAndLimitsAreRefusedWithTheCure() {
        if (engine.hasCgroups()) {
            return;
        }
        ContainerId id = engine.endless();
        assertThatThrownBy(() -> engine.containers().pause(id))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("cannot pause")
                .hasMessageContaining("; ");
        assertThatThrownBy(
                        () -> engine.containers().create(RealEngine.spec("true").withLimits(memory(32))))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("limits cannot be kept");
    }
}
