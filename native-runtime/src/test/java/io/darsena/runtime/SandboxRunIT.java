package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The runs of a sandbox on the real program: one at a time, whichever engine, host or monitor ends meanwhile.
class SandboxRunIT extends SandboxesOfBusybox {

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
            assertThatThrownBy(() -> runtime.start(runningIn(elsewhere, home, 2, "true"), ends::add))
                    .isInstanceOf(SandboxStartException.class)
                    .hasMessageContaining("an earlier run of the container still lives");
        }
        assertThat(Files.exists(home.resolve("exit"))).isFalse();
        assertThat(openFiles(first.pid())).isNotEmpty().doesNotContain(home.toString());
        first.signal(KILL);
        assertThat(end().run()).isEqualTo(1);

        runtime.start(runningIn(elsewhere, home, 2, "true"), ends::add);

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
            return descriptors.map(SandboxRunIT::target).toList();
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

    private static boolean isAlive(int pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        return Files.exists(status) && !Files.readString(status).contains("\nState:\tZ");
    }
}
