package io.darsena.runtime;

import static io.darsena.runtime.TarForge.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.darsena.runtime.SandboxSpec.DeviceGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sandboxes on the real program, in a root of one busybox.
@Timeout(60)
abstract class SandboxesOfBusybox {

    static final int KILL = 9;
    static final int TERM = 15;

    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final long CAPABILITIES = 0xa80425fbL;

    @TempDir
    Path directory;

    final BlockingQueue<SandboxExit> ends = new LinkedBlockingQueue<>();
    DarsenaRuntime runtime;
    Path layer;
    int layers;
    private int sandboxes;

    @BeforeEach
    final void open() throws Exception {
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

    final Path unpacked(byte[] tar) throws IOException {
        Path target = directory.resolve("layer" + ++layers);
        runtime.makeDirectory(target, 0755);
        try (LayerExtraction extraction = runtime.extract(target, directory.resolve("index" + layers))) {
            extraction.sink().write(tar);
            extraction.finish();
        }
        return target;
    }

    @AfterEach
    final void close() {
        for (int i = 1; i <= sandboxes; i++) {
            runtime.delete(directory.resolve("sandbox" + i));
        }
        if (layer != null) {
            runtime.delete(layer);
        }
        runtime.close();
    }

    /// The lines of its log, of both outputs.
    final List<String> said(Path home) throws IOException {
        return Files.readAllLines(home.resolve("log")).stream()
                .map(line -> line.split(" ", 4)[3])
                .toList();
    }

    final Path home() {
        Path home = directory.resolve("sandbox" + ++sandboxes);
        runtime.makeDirectory(home, 0755);
        for (String part : new String[] {"upper", "work"}) {
            runtime.makeDirectory(home.resolve(part), 0755);
        }
        return home;
    }

    final SandboxSpec spec(Path home, long run, String... command) {
        return spec(home, run, List.of(layer), command);
    }

    final SandboxSpec spec(Path home, long run, List<Path> lowers, String... command) {
        return attached(home, run, lowers, 0, command);
    }

    final SandboxSpec attached(Path home, long run, List<Path> lowers, int attachments, String... command) {
        return spec(home, home, run, lowers, attachments, CAPABILITIES, DeviceGuard.USER_NAMESPACE, command);
    }

    /// As on a host without control groups.
    final SandboxSpec guardedByMounts(Path home, List<Path> lowers, String... command) {
        long withoutMknod = CAPABILITIES & ~Capability.MKNOD.bit();
        return spec(home, home, 1, lowers, 0, withoutMknod, DeviceGuard.MOUNTS, command);
    }

    /// Whose sockets lie elsewhere.
    final SandboxSpec runningIn(Path runDirectory, Path home, long run, String... command) {
        return spec(runDirectory, home, run, List.of(layer), 0, CAPABILITIES, DeviceGuard.USER_NAMESPACE, command);
    }

    private SandboxSpec spec(
            Path runDirectory,
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
                runDirectory,
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

    final SandboxExit end() throws InterruptedException {
        SandboxExit exit = ends.poll(20, TimeUnit.SECONDS);
        assertThat(exit).as("the listener was told").isNotNull();
        return exit;
    }
}
