package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.engine.LinuxMachine;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An engine finds what an earlier one has left, however it is started, and whatever has become of one container.
@Timeout(120)
class FoundAgainIT {

    @TempDir
    Path temporary;

    private final List<RealEngine> engines = new ArrayList<>();

    @AfterEach
    void endWhatRuns() throws Exception {
        for (RealEngine engine : engines) {
            engine.engine().close();
        }
        open("run").close();
    }

    private EnginePaths paths(String run) {
        return new EnginePaths(temporary.resolve("data"), temporary.resolve(run), temporary.resolve("config"));
    }

    /// @param run where the environment would have the run directory
    private RealEngine open(String run) {
        RealEngine engine = new RealEngine(paths(run), new LinuxMachine());
        engines.add(engine);
        return engine;
    }

    @Test
    void whatRunsIsFoundThoughTheEnvironmentWantsAnotherRunDirectory() throws Exception {
        RealEngine first = open("run");
        ContainerId id = first.endless();
        int pid = first.pid(id);
        first.engine().close();

        RealEngine second = open("other");

        assertThat(second.containers().container(id).status()).isEqualTo(ContainerStatus.RUNNING);
        assertThat(second.pid(id)).isEqualTo(pid);
        assertThat(second.engine().description().runRoot()).contains(temporary.resolve("run"));
        assertThat(temporary.resolve("other")).doesNotExist();
        second.containers().stop(id);
        second.engine().close();
        RealEngine third = open("other");
        assertThat(third.engine().description().runRoot()).contains(temporary.resolve("other"));
        third.containers().start(id);
        assertThat(third.containers().container(id).status()).isEqualTo(ContainerStatus.RUNNING);
    }

    @Test
    void aRecordOfZerosIsALostEndAndKeepsNobodyFromTheOthers() throws Exception {
        RealEngine first = open("run");
        ContainerId lost = first.endless();
        ContainerId other = first.endless();
        first.engine().close();
        signal("KILL", monitor(lost));
        while (Files.exists(Path.of("/proc", Long.toString(monitor(lost))))) {
            Thread.sleep(5);
        }
        Files.write(paths("run").container(lost).resolve("exit"), new byte[400]);

        RealEngine second = open("run");

        ContainerState.Exited end =
                (ContainerState.Exited) second.containers().container(lost).state();
        assertThat(end.cause()).isEqualTo(ExitCause.LOST);
        assertThat(second.containers().container(other).status()).isEqualTo(ContainerStatus.RUNNING);
        second.containers().start(lost);
    }

    @Test
    void aMonitorThatWasStoppedKeepsNobodyFromTheOthers() throws Exception {
        RealEngine first = open("run");
        ContainerId stopped = first.endless();
        ContainerId other = first.endless();
        first.engine().close();
        signal("STOP", monitor(stopped));

        RealEngine second = open("run");

        assertThat(second.containers().container(stopped).status()).isEqualTo(ContainerStatus.RUNNING);
        second.containers().stop(other);
        assertThatThrownBy(() -> second.containers().stop(stopped))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("does not answer");
        signal("CONT", monitor(stopped));
        second.containers().stop(stopped);
        assertThat(second.containers().await(stopped).code()).isZero();
    }

    @Test
    void anOrphanInItsSecondRunIsEnded() throws Exception {
        RealEngine first = open("run");
        ContainerId id = first.endless();
        first.containers().stop(id);
        first.containers().start(id);
        Path process = Path.of("/proc", Integer.toString(first.pid(id)));
        first.engine().close();
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(paths("run").database() + suffix));
        }

        RealEngine second = open("run");

        assertThat(second.containers().list()).isEmpty();
        while (Files.exists(process)) {
            Thread.sleep(5);
        }
        assertThat(paths("run").container(id)).doesNotExist();
    }

    private long monitor(ContainerId id) throws IOException {
        return Files.readAllLines(paths("run").containerRun(id).resolve("monitor")).stream()
                .filter(line -> line.startsWith("pid="))
                .map(line -> Long.parseLong(line.substring("pid=".length())))
                .findFirst()
                .orElseThrow();
    }

    private static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }
}
