package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is known of a run that ends when nothing can be written any more. Not among the kernel tests, which an ordinary
/// user runs too: only root can mount a small disk.
@Timeout(120)
class FullDiskTest {

    @TempDir
    Path temporary;

    private boolean mounted;

    private Path disk() {
        return temporary.resolve("disk");
    }

    @BeforeEach
    void mount() throws Exception {
        Files.createDirectory(disk());
        mounted = run("mount", "-t", "tmpfs", "-o", "size=160m", "darsena-test", disk().toString());
        Assumptions.assumeTrue(mounted, "a small disk can be mounted by root only");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            Files.deleteIfExists(filler());
            open().close();
            // Lazily: this JVM may have SQLite's library loaded from there.
            assertThat(run("umount", "-l", disk().toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private RealEngine open() {
        return new RealEngine(disk().resolve("engine"));
    }

    private Path filler() {
        return disk().resolve("filler");
    }

    private void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    private static ContainerId waiting(RealEngine engine) {
        return engine.ready(
                RealEngine.spec("sh", "-c", "trap 'exit 9' USR1; echo ready; while :; do sleep 0.05; done"));
    }

    @Test
    void anEndThatNoEngineSawIsFoundByTheNext() throws Exception {
        RealEngine first = open();
        ContainerId id = waiting(first);
        int pid = first.pid(id);
        first.engine().close();
        fill();
        assertThat(run("kill", "-USR1", Integer.toString(pid))).isTrue();
        while (Files.exists(Path.of("/proc", Integer.toString(pid)))) {
            Thread.sleep(5);
        }
        Path record = first.paths().container(id).resolve("exit");
        while (!Files.exists(record)) {
            Thread.sleep(5);
        }
        Files.delete(filler());
        try (RealEngine second = open()) {
            ended(second, id);
        }
    }

    @Test
    void anEndThatCouldNotBeWrittenDownIsToldAndFoundAgain() throws Exception {
        RealEngine first = open();
        ContainerId id = waiting(first);
        fill();
        first.containers().kill(id, "USR1");
        ended(first, id);
        first.engine().close();
        Files.delete(filler());
        try (RealEngine second = open()) {
            ended(second, id);
        }
    }

    private static void ended(RealEngine engine, ContainerId id) {
        ContainerState.Exited end = engine.containers().await(id);
        assertThat(end.code()).isEqualTo(9);
        assertThat(end.cause()).isEqualTo(ExitCause.ENDED);
        Container container = engine.containers().container(id);
        assertThat(container.state()).isEqualTo(end);
    }
}
