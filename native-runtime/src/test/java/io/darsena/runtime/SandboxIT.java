package io.darsena.runtime;

import static io.darsena.runtime.TarForge.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.darsena.runtime.SandboxSpec.DeviceGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sandboxes on the real program, in a root of one busybox.
@Timeout(60)
class SandboxIT {

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final int KILL = 9;
    private static final int TERM = 15;

    @TempDir
    Path directory;

    private final BlockingQueue<SandboxExit> ends = new LinkedBlockingQueue<>();
    private DarsenaRuntime runtime;
    private Path layer;
    private int layers;
    private int sandboxes;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Files.isExecutable(BUSYBOX), "busybox-static is not installed");
        runtime = RealRuntime.open(directory);
        assumeTrue(
                runtime.facts().reductions().stream()
                        .noneMatch(reduction -> reduction.lack() == RuntimeFacts.Lack.NO_OVERLAY),
                () -> "no overlay here: " + runtime.facts().reductions());
        byte[] program = Files.readAllBytes(BUSYBOX);
        byte[] tar = TarForge.tar()
                .entry(header("bin/busybox", '0').mode(0755).size(program.length), program)
                .symlink("bin/sh", "busybox")
                .symlink("bin/sleep", "busybox")
                .symlink("bin/true", "busybox")
                .directory("proc")
                .directory("sys")
                .directory("dev")
                .end();
        layer = unpacked(tar);
    }

    private Path unpacked(byte[] tar) throws IOException {
        Path target = directory.resolve("layer" + ++layers);
        runtime.makeDirectory(target, 0755);
        try (LayerExtraction extraction = runtime.extract(target, directory.resolve("index" + layers))) {
            extraction.sink().write(tar);
            extraction.finish();
        }
        return target;
    }

    @AfterEach
    void close() {
        for (int i = 1; i <= sandboxes; i++) {
            runtime.delete(directory.resolve("sandbox" + i));
        }
        if (layer != null) {
            runtime.delete(layer);
        }
        runtime.close();
    }

    @Test
    void itRunsItsCommandAndTellsItsEnd() throws Exception {
        Path home = home();
        Sandbox sandbox = runtime.start(spec(home, 1, "sh", "-c", "echo out; echo err >&2; exit 7"), ends::add);

        SandboxExit exit = end();

        assertThat(exit.code()).isEqualTo(7);
        assertThat(exit.signal()).isEmpty();
        assertThat(exit.exitedAt()).isAfterOrEqualTo(exit.startedAt());
        assertThat(sandbox.startedAt()).isEqualTo(exit.startedAt());
        assertThat(Files.readAllLines(home.resolve("log")))
                .anyMatch(line -> line.endsWith(" stdout F out"))
                .anyMatch(line -> line.endsWith(" stderr F err"));
        sandbox.signal(TERM);
        assertThat(ends).isEmpty();
    }

    @Test
    void whiteoutsOfALayerHideWhatTheLayersBelowHave() throws Exception {
        Path below = unpacked(TarForge.tar()
                .file("d/gone", "")
                .file("d/kept", "")
                .file("opaque/below", "")
                .file("was/directory", "")
                .file("renewed/below", "")
                .end());
        Path above = unpacked(TarForge.tar()
                .file("d/.wh.gone", "")
                .file("opaque/.wh..wh..opq", "")
                .file("opaque/above", "")
                .file("was", "")
                .file(".wh.renewed", "")
                .file("renewed/above", "")
                .end());
        Path home = home();

        runtime.start(
                spec(home, 1, List.of(above, below, layer), "sh", "-c", "busybox find d opaque was renewed"),
                ends::add);

        assertThat(end().code()).isZero();
        assertThat(Files.readAllLines(home.resolve("log")).stream().map(line -> line.split(" ", 4)[3]))
                .containsExactlyInAnyOrder("d", "d/kept", "opaque", "opaque/above", "was", "renewed", "renewed/above");
        runtime.delete(above);
        runtime.delete(below);
    }

    @Test
    void whatAContainerHasChangedIsListedAndMakesALayer() throws Exception {
        Path below = unpacked(TarForge.tar()
                .directory("d")
                .file("d/gone", "")
                .file("d/kept", "old")
                .directory("renewed")
                .file("renewed/below", "")
                .directory("removed")
                .file("removed/file", "")
                .end());
        Path home = home();
        String changes =
                "cd /; echo new > d/kept; busybox rm d/gone; busybox rm -r removed renewed; busybox mkdir renewed;"
                        + "echo x > renewed/above; busybox ln renewed/above renewed/twin";
        runtime.start(spec(home, 1, List.of(below, layer), "sh", "-ec", changes), ends::add);
        assertThat(end().code()).isZero();

        runtime.list(home.resolve("upper"), directory.resolve("changes"));
        byte[] made;
        try (TreeArchive archive = runtime.archive(
                List.of(home.resolve("upper")),
                ArchiveForm.LAYER,
                entries -> entries.add(0, new byte[0], new byte[0], Set.of(ArchivePlan.Take.RECURSIVELY)))) {
            made = archive.tar().readAllBytes();
        }

        List<String> expected = List.of(
                "w d/gone", "f d/kept", "w removed", "d renewed", "o renewed", "f renewed/above", "h renewed/twin");
        assertThat(kindsAndPaths(directory.resolve("changes"))).containsAll(expected);
        unpacked(made);
        assertThat(kindsAndPaths(directory.resolve("index" + layers))).containsAll(expected);
        runtime.delete(directory.resolve("layer" + layers));
        runtime.delete(below);
    }

    private static List<String> kindsAndPaths(Path index) throws IOException {
        return Files.readAllLines(index).stream()
                .map(line -> line.split("\t", -1))
                .map(fields -> fields[0] + " " + fields[7])
                .toList();
    }

    /// Otherwise its root could change the owner and the mode of the machine's own device.
    @Test
    void itsInputIsTheNullDeviceOfItsOwn() throws Exception {
        Path home = home();

        runtime.start(spec(home, 1, "sh", "-c", "busybox stat -L -c %d:%i /dev/null /proc/self/fd/0"), ends::add);

        assertThat(end().code()).isZero();
        assertThat(Files.readAllLines(home.resolve("log")).stream()
                        .map(line -> line.split(" ", 4)[3])
                        .distinct())
                .hasSize(1);
    }

    private List<String> said(Path home) throws IOException {
        return Files.readAllLines(home.resolve("log")).stream()
                .map(line -> line.split(" ", 4)[3])
                .toList();
    }

    /// On a host without control groups: neither a node that it makes nor, as root, one that a layer brings leads to a
    /// disk, and those of its own /dev go on. An ordinary user's layers have none.
    @Test
    void withoutControlGroupsItReachesNoDeviceButThoseOfItsOwn() throws Exception {
        boolean root = !RealRuntime.rootless();
        TarForge tar = TarForge.tar().directory("srv");
        if (root) {
            tar.entry(header("disk", '4').mode(0666).device(7, 0), "")
                    .entry(header("null", '3').mode(0666).device(1, 3), "");
        }
        Path devices = unpacked(tar.end());
        long withoutMknod = 0xa80425fbL & ~Capability.MKNOD.bit();
        String script = "busybox mknod /made b 7 0; cat /disk; cat /null; echo x >/dev/null && echo own";
        Path home = home();
        runtime.start(
                guarded(
                        home,
                        1,
                        List.of(devices, layer),
                        0,
                        withoutMknod,
                        DeviceGuard.MOUNTS,
                        "sh",
                        "-c",
                        script.replace("cat", "busybox cat")),
                ends::add);

        assertThat(end().code()).isZero();
        String refused = root ? "Permission denied" : "No such file or directory";
        assertThat(said(home))
                .containsExactlyInAnyOrder(
                        "mknod: /made: Operation not permitted",
                        "cat: can't open '/disk': " + refused,
                        "cat: can't open '/null': " + refused,
                        "own");
        runtime.delete(devices);
    }

    /// An image names its command: whatever descriptor the runtime had open, none leads it to a program of the host
    /// (CVE-2024-21626).
    @Test
    void noDescriptorLeadsItsCommandToTheHost() throws Exception {
        Path program = Files.writeString(home().resolve("host-program"), "#!/bin/sh\necho escaped\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        String upwards = "/..".repeat(20);
        for (int descriptor = 0; descriptor < 40; descriptor++) {
            String command = "/proc/self/fd/" + descriptor + upwards + program;
            assertThatThrownBy(() -> runtime.start(spec(home(), 1, command), ends::add))
                    .as(command)
                    .isInstanceOfSatisfying(
                            SandboxStartException.class,
                            e -> assertThat(e.failure().stage()).isEqualTo("command"));
        }
        assertThat(ends).isEmpty();
    }

    private Path groups(String lines) throws IOException {
        return unpacked(TarForge.tar()
                .directory("etc")
                .file("etc/passwd", "root:x:0:0:root:/:/bin/sh\n")
                .file("etc/group", lines)
                .end());
    }

    /// What an image says of groups never leaves it those of who runs it: here `docker`, `disk` and the like.
    @Test
    void itHasTheGroupsThatItsImageNamesAndNoOthers() throws Exception {
        assumeTrue(!runtime.facts().singleUid(), "a single id is mapped: groups can neither be set nor dropped");
        Path named = groups("root:x:0:\nfew:x:7:root\n");
        Path home = home();
        runtime.start(
                spec(home, 1, List.of(named, layer), "sh", "-c", "busybox grep Groups /proc/self/status"), ends::add);
        assertThat(end().code()).isZero();
        assertThat(said(home)).extracting(String::strip).containsExactly("Groups:\t7");
        runtime.delete(named);
    }

    /// Root's containers have every id; those of an ordinary user have some.
    @Test
    void aGroupThatIsNotMappedIsRefused() throws Exception {
        assumeTrue(!runtime.facts().singleUid(), "a single id is mapped: groups can neither be set nor dropped");
        Path named = groups("root:x:0:\nfew:x:7:root\nx:x:4000000000:root\n");
        Path home = home();
        SandboxSpec spec = spec(home, 1, List.of(named, layer), "sh", "-c", "busybox grep Groups /proc/self/status");
        if (RealRuntime.rootless()) {
            assertThatThrownBy(() -> runtime.start(spec, ends::add))
                    .isInstanceOfSatisfying(SandboxStartException.class, e -> {
                        assertThat(e.failure().stage()).isEqualTo("confinement");
                        assertThat(e)
                                .hasMessageContaining("set supplementary group")
                                .hasMessageContaining("4000000000")
                                .hasMessageContaining("is not mapped");
                    });
            assertThat(ends).isEmpty();
        } else {
            runtime.start(spec, ends::add);
            assertThat(end().code()).isZero();
            assertThat(said(home)).extracting(String::strip).containsExactly("Groups:\t7 4000000000");
        }
        runtime.delete(named);
    }

    @Test
    void signalsReachIt() throws Exception {
        Sandbox sandbox = runtime.start(
                spec(home(), 1, "sh", "-c", "trap 'exit 3' TERM; while :; do sleep 0.05; done"), ends::add);
        assertThat(sandbox.pid()).isPositive();
        assertThat(sandbox.steps()).isNotEmpty();
        TimeUnit.MILLISECONDS.sleep(200);

        sandbox.signal(TERM);

        assertThat(end().code()).isEqualTo(3);
    }

    @Test
    void aCommandThatIsNotThereIsAFailedStart() throws Exception {
        assertThatThrownBy(() -> runtime.start(spec(home(), 1, "/nope"), ends::add))
                .isInstanceOfSatisfying(SandboxStartException.class, e -> {
                    assertThat(e.failure().stage()).isEqualTo("command");
                    assertThat(e.failure().errno()).hasValue(2);
                });
        assertThat(ends).isEmpty();
    }

    @Test
    void itOutlivesItsEngineAndIsFoundByTheNext() throws Exception {
        Path home = home();
        Sandbox first = runtime.start(spec(home, 4, "sleep", "1000"), ends::add);
        runtime.close();
        runtime = RealRuntime.open(directory);

        assertThat(runtime.reconnect(home, home, 3, ends::add)).isEmpty();
        ContainerRuntime.Reconnected found =
                runtime.reconnect(home, home, 4, ends::add).orElseThrow();
        assertThat(found).isInstanceOfSatisfying(ContainerRuntime.Reconnected.Alive.class, alive -> {
            assertThat(alive.sandbox().pid()).isEqualTo(first.pid());
            assertThat(alive.sandbox().startedAt()).isEqualTo(first.startedAt());
            alive.sandbox().signal(KILL);
        });

        assertThat(end().signal()).hasValue(KILL);
        assertThat(runtime.reconnect(home, home, 4, ends::add).orElseThrow())
                .isInstanceOf(ContainerRuntime.Reconnected.Ended.class);
    }

    @Test
    void noSecondRunBeginsWhileAnEarlierOneLivesWhereverItsSocketsAre() throws Exception {
        Path home = home();
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Sandbox first = runtime.start(spec(home, 1, "sleep", "100"), ends::add);
        for (int parkedOrNot = 0; parkedOrNot < 2; parkedOrNot++) {
            assertThatThrownBy(() -> runtime.start(in(elsewhere, spec(home, 2, "true")), ends::add))
                    .isInstanceOf(SandboxStartException.class)
                    .hasMessageContaining("an earlier run of the container still lives");
        }
        assertThat(Files.exists(home.resolve("exit"))).isFalse();
        assertThat(openFiles(first.pid())).isNotEmpty().doesNotContain(home.toString());
        first.signal(KILL);
        assertThat(end().run()).isEqualTo(1);

        runtime.start(in(elsewhere, spec(home, 2, "true")), ends::add);

        assertThat(end().run()).isEqualTo(2);
    }

    @Test
    void theFilesOfALivingRunAreNotDeleted() throws Exception {
        Path home = home();
        Sandbox sandbox = runtime.start(spec(home, 1, "sleep", "100"), ends::add);
        Path moved = Files.move(home, directory.resolve("moved"));
        assertThatThrownBy(() -> runtime.delete(moved))
                .hasMessageContaining("an earlier run of the container still lives")
                .hasMessageContaining("end its processes first");
        assertThat(moved.resolve("upper")).exists();
        Files.move(moved, home);
        sandbox.signal(KILL);
        end();

        runtime.delete(home);

        assertThat(home).doesNotExist();
    }

    private static List<String> openFiles(int pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Integer.toString(pid), "fd"))) {
            return descriptors.map(SandboxIT::target).toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    @Test
    void theNextRunMayBeginAsSoonAsTheEndIsTold() throws Exception {
        Path home = home();
        for (int run = 1; run <= 20; run++) {
            runtime.start(spec(home, run, "true"), ends::add);
            SandboxExit exit = end();
            assertThat(exit.run()).isEqualTo(run);
            assertThat(exit.code()).isZero();
        }
    }

    @Test
    void aMonitorThatIsKilledLosesTheSandboxAndItsProcessesEnd() throws Exception {
        Path home = home();
        Sandbox sandbox = runtime.start(spec(home, 1, "sleep", "1000"), ends::add);
        long monitor = Files.readAllLines(home.resolve("monitor")).stream()
                .filter(line -> line.startsWith("pid="))
                .mapToLong(line -> Long.parseLong(line.substring("pid=".length())))
                .findFirst()
                .orElseThrow();

        ProcessHandle.of(monitor).orElseThrow().destroyForcibly();

        assertThat(end().lost()).isTrue();
        assertThat(runtime.reconnect(home, home, 1, ends::add)).isEmpty();
        for (int look = 0; look < 100 && isAlive(sandbox.pid()); look++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(isAlive(sandbox.pid())).isFalse();
    }

    @Test
    void aKilledHostIsReplacedAndSandboxesGoOn() throws Exception {
        Path home = home();
        Sandbox sandbox = runtime.start(spec(home, 1, "sleep", "1000"), ends::add);
        ProcessHandle host = ProcessHandle.current()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("darsena-runtime"))
                .findFirst()
                .orElseThrow();

        host.destroyForcibly();
        runtime.makeDirectory(directory.resolve("after"), 0700);

        assertThat(directory.resolve("after")).isDirectory();
        sandbox.signal(KILL);
        assertThat(end().signal()).hasValue(KILL);
        runtime.delete(directory.resolve("after"));
    }

    @Test
    void whoIsAttachedWithTheStartGetsEveryByteHoweverSmallTheLog() throws Exception {
        Path home = home();
        String script =
                "i=0; while [ $i -lt 40 ]; do head -c 100000 /dev/zero | tr '\\0' x; i=$((i+1)); done; printf end";
        SandboxSpec spec = attached(home, 1, List.of(layer), 1, "/bin/sh", "-c", script);
        long total = 0;
        StringBuilder last = new StringBuilder();
        try (Sandbox sandbox = runtime.start(spec, ends::add);
                SandboxOutput output =
                        sandbox.attach(true, true, Duration.ofSeconds(30)).orElseThrow()) {
            for (Optional<SandboxOutput.Chunk> chunk = output.next(); chunk.isPresent(); chunk = output.next()) {
                total += chunk.get().bytes().length;
                last.append(new String(chunk.get().bytes(), StandardCharsets.US_ASCII));
                last.delete(0, Math.max(0, last.length() - 4));
            }
            assertThat(end().code()).isZero();
        }
        assertThat(total).isEqualTo(4_000_003);
        assertThat(last).hasToString("xend");
    }

    @Test
    void oneThatTakesNothingHoldsTheSandboxUpUntilPatienceEndsAndIsToldWhatItMissed() throws Exception {
        Path home = home();
        String script = "head -c 3000000 /dev/zero | tr '\\0' x; echo marked >/done; sleep 1; echo late";
        SandboxSpec spec = attached(home, 1, List.of(layer), 1, "/bin/sh", "-c", script);
        try (Sandbox sandbox = runtime.start(spec, ends::add);
                SandboxOutput output =
                        sandbox.attach(true, true, Duration.ofMillis(1500)).orElseThrow()) {
            Thread.sleep(700);
            assertThat(home.resolve("upper/done")).doesNotExist();
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (!Files.exists(home.resolve("upper/done")) && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertThat(home.resolve("upper/done")).exists();
            long taken = 0;
            StringBuilder told = new StringBuilder();
            StringBuilder late = new StringBuilder();
            for (Optional<SandboxOutput.Chunk> chunk = output.next(); chunk.isPresent(); chunk = output.next()) {
                String text = new String(chunk.get().bytes(), StandardCharsets.US_ASCII);
                if (chunk.get().errors()) {
                    told.append(text);
                } else if (told.isEmpty()) {
                    taken += text.length();
                } else {
                    late.append(text);
                }
            }
            assertThat(told.toString()).contains((3_000_000 - taken) + " bytes of output are missing here");
            assertThat(late).hasToString("late\n");
            assertThat(end().code()).isZero();
        }
    }

    @Test
    void anAnnouncedOneThatDoesNotComeIsNotWaitedForForEver() throws Exception {
        Path home = home();
        SandboxSpec spec = attached(home, 1, List.of(layer), 1, "/bin/sh", "-c", "echo alone");
        long begun = System.nanoTime();
        try (Sandbox sandbox = runtime.start(spec, ends::add)) {
            assertThat(end().code()).isZero();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(15));
        assertThat(Files.readString(home.resolve("log"))).endsWith(" stdout F alone\n");
    }

    private static boolean isAlive(int pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        return Files.exists(status) && !Files.readString(status).contains("\nState:\tZ");
    }

    private Path home() {
        Path home = directory.resolve("sandbox" + ++sandboxes);
        runtime.makeDirectory(home, 0755);
        for (String part : new String[] {"upper", "work"}) {
            runtime.makeDirectory(home.resolve(part), 0755);
        }
        return home;
    }

    private SandboxSpec spec(Path home, long run, String... command) {
        return spec(home, run, List.of(layer), command);
    }

    private SandboxSpec spec(Path home, long run, List<Path> lowers, String... command) {
        return attached(home, run, lowers, 0, command);
    }

    /// Whose sockets lie elsewhere.
    private static SandboxSpec in(Path runDirectory, SandboxSpec spec) {
        return new SandboxSpec(
                spec.id(),
                spec.run(),
                runDirectory,
                spec.stateDirectory(),
                spec.lowers(),
                spec.writable(),
                spec.readOnlyRoot(),
                spec.hostname(),
                spec.arguments(),
                spec.environment(),
                spec.workingDirectory(),
                spec.user(),
                spec.capabilities(),
                spec.noNewPrivileges(),
                spec.seccomp(),
                spec.maskedPaths(),
                spec.readOnlyPaths(),
                spec.binds(),
                spec.namespaces(),
                spec.cgroups(),
                spec.deviceGuard(),
                spec.logRotation(),
                spec.oomScoreAdjustment(),
                spec.resourceLimits(),
                spec.sharedMemoryBytes(),
                spec.attachments());
    }

    private SandboxSpec attached(Path home, long run, List<Path> lowers, int attachments, String... command) {
        return guarded(home, run, lowers, attachments, 0xa80425fbL, DeviceGuard.USER_NAMESPACE, command);
    }

    private SandboxSpec guarded(
            Path home,
            long run,
            List<Path> lowers,
            int attachments,
            long capabilities,
            DeviceGuard guard,
            String... command) {
        return new SandboxSpec(
                "%064x".formatted(sandboxes),
                run,
                home,
                home,
                lowers,
                Optional.of(new SandboxSpec.Writable(home.resolve("upper"), home.resolve("work"), true)),
                false,
                "box",
                List.of(command),
                List.of("PATH=/bin"),
                "/",
                "0",
                capabilities,
                false,
                Optional.empty(),
                List.of("/proc/kcore"),
                List.of("/proc/sys"),
                List.of(),
                EnumSet.allOf(SandboxSpec.Namespace.class),
                List.of(),
                guard,
                SandboxSpec.LogRotation.NONE,
                OptionalInt.empty(),
                List.of(),
                64 << 20,
                attachments);
    }

    private SandboxExit end() throws InterruptedException {
        SandboxExit exit = ends.poll(20, TimeUnit.SECONDS);
        assertThat(exit).as("the listener was told").isNotNull();
        return exit;
    }
}
