package io.darsena.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.darsena.runtime.cgroup.CgroupMetrics.BlockTransfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The control groups of this host, in a subtree of the tests' own. On a hybrid host everything is tried twice: with
/// and without the v2 hierarchy.
class ControlGroupIT {

    private static final String BASE = "darsena-test-" + ProcessHandle.current().pid();
    private static final CgroupLimits SMALL = CgroupLimits.NONE
            .withMemoryAndSwap(64 << 20, 64 << 20)
            .withNanoCpus(500_000_000)
            .withPids(50);

    private final List<Process> processes = new ArrayList<>();
    private final List<ContainerCgroup> groups = new ArrayList<>();
    private CgroupSubtree subtree = new CgroupSubtree(List.of());

    @TempDir
    Path directory;

    enum View {
        WHOLE_HOST,
        V1_ALONE
    }

    @AfterEach
    void clean() throws IOException, InterruptedException {
        groups.forEach(ContainerCgroup::kill);
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        groups.forEach(ContainerCgroup::remove);
        for (Path base : subtree.directories()) {
            Files.deleteIfExists(base);
        }
    }

    @ParameterizedTest
    @EnumSource
    void limitsAreSeenInTheFiles(View view) {
        ContainerCgroup group = group(view, SMALL);
        assertThat(group.metrics().memory().orElseThrow().limit()).hasValue(64 << 20);
        assertThat(group.metrics().processLimit()).hasValue(50);
        assertThat(text(group, "cpu.max", "cpu.cfs_quota_us")).startsWith("50000");
        group.apply(CgroupLimits.NONE.withMemoryAndSwap(128 << 20, 256 << 20));
        assertThat(group.metrics().memory().orElseThrow().limit()).hasValue(128 << 20);
        assertThat(group.metrics().processLimit()).isEmpty();
        assertThat(text(group, "cpu.max", "cpu.cfs_quota_us")).matches("(max 100000|-1)");
        group.apply(CgroupLimits.NONE.withMemoryAndSwap(32 << 20, 48 << 20));
        assertThat(group.metrics().memory().orElseThrow().limit()).hasValue(32 << 20);
        group.apply(CgroupLimits.NONE);
        assertThat(group.metrics().memory().orElseThrow().limit()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void devicesAreDockersOnV1(View view) {
        ContainerCgroup group = group(view, CgroupLimits.NONE);
        List<String> lists = files(group, "devices.list")
                .map(CgroupFile::read)
                .map(text -> text.orElse(""))
                .toList();
        if (!"root".equals(System.getProperty("user.name"))) {
            assertThat(lists)
                    .as("an ordinary user's containers are in none of root's device groups")
                    .isEmpty();
            return;
        }
        assumeTrue(!lists.isEmpty(), "no v1 devices hierarchy on this host");
        assertThat(lists.getFirst().lines())
                .contains("c 1:3 rwm", "c 136:* rwm", "c *:* m")
                .doesNotContain("a *:* rwm");
    }

    @ParameterizedTest
    @EnumSource
    void aFrozenProcessUsesNoTime(View view) throws IOException, InterruptedException {
        ContainerCgroup group = group(view, CgroupLimits.NONE);
        start(group, "while :; do :; done");
        assertThat(spentWithin(group, 200)).isPositive();
        group.freeze();
        assertThat(group.frozen()).isTrue();
        assertThat(spentWithin(group, 300)).isLessThan(2_000_000);
        group.thaw();
        assertThat(group.frozen()).isFalse();
        assertThat(spentWithin(group, 500)).isGreaterThan(20_000_000);
    }

    @ParameterizedTest
    @EnumSource
    void killingReachesFrozenProcessesAndGroupsBelow(View view) throws IOException, InterruptedException {
        ContainerCgroup group = group(view, CgroupLimits.NONE);
        Process process = start(group, "sleep 1000 & sleep 1000");
        for (Path ours : group.directories()) {
            Files.createDirectory(ours.resolve("below"));
        }
        group.freeze();
        group.kill();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        group.remove();
        assertThat(group.exists()).isFalse();
        assertThat(subtree.find("web")).isEmpty();
        group.kill();
        group.remove();
    }

    @ParameterizedTest
    @EnumSource
    void aKillForWantOfMemoryIsCounted(View view) throws IOException, InterruptedException {
        ContainerCgroup group = group(view, CgroupLimits.NONE.withMemoryAndSwap(32 << 20, 32 << 20));
        assertThat(group.metrics().oomKills()).hasValue(0);
        Process process = start(group, "exec dd if=/dev/zero of=/dev/null bs=200M count=1");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
        assertThat(group.metrics().oomKills()).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void halfACpuIsHalfACpu(View view) throws IOException, InterruptedException {
        ContainerCgroup group = group(view, CgroupLimits.NONE.withNanoCpus(500_000_000));
        preferOverOthers(group);
        start(group, "while :; do :; done");
        spentWithin(group, 300);
        List<Double> shares = new ArrayList<>();
        // What else runs may still take from it at times: never give.
        while (shares.size() < 15 && shares.stream().noneMatch(share -> share >= 45)) {
            long begin = System.nanoTime();
            long spent = spentWithin(group, 1000);
            shares.add(100.0 * spent / (System.nanoTime() - begin));
        }
        assertThat(shares).allMatch(share -> share <= 55).anyMatch(share -> share >= 45);
        assertThat(group.metrics().throttling().orElseThrow().throttledPeriods())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void fortyMegabytesAreSeenByTheGroupAndByProc(View view) throws IOException, InterruptedException {
        ContainerCgroup group = group(view, CgroupLimits.NONE);
        Process process = start(group, "dd if=/dev/zero bs=40M count=1 2>/dev/null | sleep 1000");
        boolean filled = Patience.until(
                Duration.ofSeconds(10),
                () -> group.metrics().memory().orElseThrow().workingSet() >= 40 << 20);
        assertThat(filled).isTrue();
        Thread.sleep(200);
        long megabytes = 1 << 20;
        assertThat(group.metrics().memory().orElseThrow().workingSet()).isBetween(40 * megabytes, 42 * megabytes);
        ProcMetrics summed = ProcMetrics.ofFamily(process.pid()).orElseThrow();
        assertThat(summed.memoryBytes()).isBetween(40 * megabytes, 42 * megabytes);
        assertThat(summed.processes()).isEqualTo(group.processes().size()).isGreaterThanOrEqualTo(3);
        assertThat(group.metrics().processes()).hasValue(summed.processes());
    }

    @ParameterizedTest
    @EnumSource
    void blockTransfersAreCounted(View view) throws IOException, InterruptedException {
        assumeTrue(
                Files.getFileStore(directory).type().matches("ext[234]|xfs|btrfs"),
                "the temporary directory is on no disk");
        ContainerCgroup group = group(view, CgroupLimits.NONE);
        assumeTrue(subtree.controllers().contains(Controller.IO), "no io controller here");
        Process process = start(
                group,
                "exec dd if=/dev/zero of=" + directory.resolve("file") + " bs=1M count=8 oflag=direct 2>/dev/null");
        assertThat(process.waitFor()).isZero();
        BlockTransfer transfer = group.metrics().blockTransfer().orElseThrow();
        assertThat(transfer.writtenBytes()).isBetween(8L << 20, 10L << 20);
    }

    @ParameterizedTest
    @EnumSource
    void cpuTimeFromProcIsThatOfTheGroup(View view) throws IOException, InterruptedException {
        ContainerCgroup group = group(view, CgroupLimits.NONE);
        Process process =
                start(group, "sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'; while :; do :; done");
        CpuTime before = frozenTime(group, process);
        group.thaw();
        Thread.sleep(1000);
        CpuTime after = frozenTime(group, process);
        long counted = after.counted() - before.counted();
        assertThat(after.summed() - before.summed())
                .isBetween(counted - 100_000_000, counted + 100_000_000)
                .isPositive();
    }

    /// Only differences compare: a process may have used time before it came into its group.
    private record CpuTime(long counted, long summed) {}

    private static CpuTime frozenTime(ContainerCgroup group, Process process) {
        group.freeze();
        return new CpuTime(
                group.metrics().cpuNanos().orElseThrow(),
                ProcMetrics.ofFamily(process.pid()).orElseThrow().cpuNanos());
    }

    @ParameterizedTest
    @EnumSource
    void whatACrashLeftIsListedAndReplaced(View view) throws IOException, InterruptedException {
        ContainerCgroup group = group(view, SMALL);
        Files.createDirectory(subtree.directories().getFirst().resolve("half-made"));
        assertThat(subtree.ownedChildren()).containsExactly("half-made", "web");
        subtree.find("half-made").orElseThrow().remove();
        assertThat(subtree.create("web", CgroupLimits.NONE).metrics().processLimit())
                .isEmpty();
        start(group, "sleep 1000");
        assertThatThrownBy(() -> subtree.create("web", SMALL))
                .isInstanceOf(CgroupException.class)
                .hasMessageContaining("stop the container");
        assertThat(group.processes()).isNotEmpty();
        assertThat(subtree.ownedChildren()).containsExactly("web");
    }

    @ParameterizedTest
    @EnumSource
    void ourPartIsTakenAwayWhenNoGroupIsInItAndMadeAgainForTheNext(View view) {
        ContainerCgroup group = group(view, SMALL);
        subtree.removeIfEmpty();
        assertThat(group.exists()).isTrue();
        assertThat(group.metrics().processLimit()).hasValue(50);
        group.remove();
        subtree.removeIfEmpty();
        assertThat(subtree.directories()).noneMatch(Files::exists);
        ContainerCgroup next = subtree.create("web", SMALL);
        assertThat(next.metrics().processLimit()).hasValue(50);
        assertThat(next.metrics().memory().orElseThrow().limit()).hasValue(64 << 20);
        next.freeze();
        assertThat(next.frozen()).isTrue();
        next.thaw();
    }

    /// What engines do to each other that share a parent: three of them close while a group is made.
    @ParameterizedTest
    @EnumSource
    void groupsAreMadeWhileOthersTakeOurPartAway(View view) throws InterruptedException {
        group(view, SMALL).remove();
        Random random = new Random(1);
        long took = 0;
        for (int round = 0; round < 100; round++) {
            long longest = Math.max(1, took);
            Thread closing = Thread.ofPlatform().start(() -> {
                for (int engine = 0; engine < 3; engine++) {
                    LockSupport.parkNanos(random.nextLong(longest));
                    subtree.removeIfEmpty();
                }
            });
            long begin = System.nanoTime();
            ContainerCgroup made = subtree.create("web", SMALL);
            took = System.nanoTime() - begin;
            closing.join();
            assertThat(made.metrics().processLimit()).hasValue(50);
            made.remove();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGroupIsMadeInNoTime(View view) {
        group(view, SMALL);
        List<Long> micros = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            long begin = System.nanoTime();
            ContainerCgroup made = subtree.create("timed", SMALL);
            micros.add((System.nanoTime() - begin) / 1000);
            made.remove();
        }
        micros.sort(null);
        System.out.println("control group made in " + micros.get(micros.size() / 2) + " µs (" + view + ")");
        assertThat(micros.get(micros.size() / 2)).isLessThan(100_000);
    }

    private ContainerCgroup group(View view, CgroupLimits limits) {
        CgroupLayout layout = CgroupLayout.detect();
        if (view == View.V1_ALONE) {
            assumeTrue(layout.kind() == CgroupLayout.Kind.HYBRID, "this host has no v1 hierarchies beside v2");
            layout = new CgroupLayout(
                    CgroupLayout.Kind.V1,
                    layout.hierarchies().stream()
                            .filter(found -> !found.unified())
                            .toList());
        }
        long pid = ProcessHandle.current().pid();
        SystemdScope scope = new SystemdScope(System.getenv());
        if (view == View.WHOLE_HOST && !isRoot() && scope.available() && scope.enter(pid)) {
            layout = CgroupLayout.detect();
        }
        CgroupPlacement placement =
                new PlacementSearch(layout, pid, BASE, Path.of("/"), isRoot(), Files::isWritable).find();
        switch (placement) {
            case CgroupPlacement.Usable(CgroupSubtree usable) -> subtree = usable;
            case CgroupPlacement.Unusable unusable -> abort("no place for control groups: " + unusable);
        }
        ContainerCgroup group = subtree.create("web", limits);
        groups.add(group);
        return group;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /// Starts a shell that waits until it is in the group.
    private Process start(ContainerCgroup group, String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", "read go; " + script)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        for (Path ours : group.directories()) {
            CgroupFile.write(ours.resolve("cgroup.procs"), Long.toString(process.pid()));
        }
        process.outputWriter().append("\n").close();
        Thread.sleep(50);
        return process;
    }

    /// So that the limit alone decides, whatever else runs on this machine.
    private void preferOverOthers(ContainerCgroup group) throws IOException {
        for (Path directory : Stream.concat(subtree.directories().stream(), group.directories().stream())
                .toList()) {
            for (String[] weight : new String[][] {{"cpu.shares", "262144"}, {"cpu.weight", "10000"}}) {
                if (Files.exists(directory.resolve(weight[0]))) {
                    CgroupFile.write(directory.resolve(weight[0]), weight[1]);
                }
            }
        }
    }

    private static long spentWithin(ContainerCgroup group, long millis) throws InterruptedException {
        long before = group.metrics().cpuNanos().orElseThrow();
        Thread.sleep(millis);
        return group.metrics().cpuNanos().orElseThrow() - before;
    }

    private static String text(ContainerCgroup group, String... names) {
        return Arrays.stream(names)
                .flatMap(name -> files(group, name))
                .flatMap(file -> CgroupFile.read(file).stream())
                .findFirst()
                .orElse("(missing)");
    }

    private static Stream<Path> files(ContainerCgroup group, String name) {
        return group.directories().stream().map(ours -> ours.resolve(name)).filter(Files::exists);
    }
}
