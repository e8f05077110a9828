package io.darsena.engine.paths;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    @TempDir
    Path temporary;

    private EnginePaths paths = EnginePaths.under(Path.of("/nowhere"));

    @BeforeEach
    void prepare() {
        paths = new EnginePaths(temporary.resolve("data"), temporary.resolve("run"), temporary.resolve("config"));
        paths.prepare();
    }

    private static String startTicks(String pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", pid, "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
    }

    @Test
    void itGoesWhenNothingRuns() {
        RunDirectory.open(paths).close();
        assertThat(paths.run()).doesNotExist();
        assertThat(paths.data()).exists();
    }

    @Test
    void itStaysWhileAContainerRuns() throws IOException {
        RunDirectory run = RunDirectory.open(paths);
        Path container = Files.createDirectory(paths.containerRuns().resolve("0".repeat(32)));
        run.close();
        assertThat(container).exists();
    }

    @Test
    void itStaysWhileSomebodyElseHasAFileThere() throws IOException {
        RunDirectory run = RunDirectory.open(paths);
        Path socket = Files.createFile(paths.run().resolve("docker.sock"));
        run.close();
        assertThat(socket).exists();
        assertThat(paths.at(temporary.resolve("elsewhere")).inUse()).isEqualTo(paths);
    }

    @Test
    void itStaysAsLongAsItsPinProcessLives() throws Exception {
        Process pin = new ProcessBuilder("sleep", "60").start();
        try {
            String pid = Long.toString(pin.pid());
            RunDirectory run = RunDirectory.open(paths);
            Files.writeString(paths.run().resolve("pin"), pid + " " + startTicks(pid) + "\n");
            run.close();
            assertThat(paths.run().resolve("pin")).exists();
        } finally {
            pin.destroyForcibly().waitFor();
        }
        RunDirectory.open(paths).close();
        assertThat(paths.run()).doesNotExist();
    }

    @Test
    void aPinWhoseNumberAnotherProcessHasNowKeepsNothing() throws IOException {
        RunDirectory run = RunDirectory.open(paths);
        Files.writeString(paths.run().resolve("pin"), ProcessHandle.current().pid() + " 1\n");
        run.close();
        assertThat(paths.run()).doesNotExist();
    }
}
