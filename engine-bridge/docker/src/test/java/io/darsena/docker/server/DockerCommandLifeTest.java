package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.ImageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real docker command along a container's life, in the versions of the API that clients speak, and where it asks
/// for what is not there.
final class DockerCommandLifeTest extends DockerCommandOnFake {

    DockerCommandLifeTest() {
        super(new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(100)));
    }

    private static final String[] ENDLESS = {
        "sh", "-c", "trap 'echo hup' HUP; trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done"
    };

    private static final ImageConfig NOTHING =
            new ImageConfig(List.of(), List.of(), List.of(), "", "", "", List.of(), List.of(), Map.of());

    private void endless(String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of("run", "-d", "--name", name));
        arguments.addAll(List.of(options));
        arguments.add(FakeEngine.STARTER);
        arguments.addAll(List.of(ENDLESS));
        ok(arguments.toArray(String[]::new));
    }

    private String state(String name) {
        return ok("inspect", "--format", "{{.State.Status}}", name);
    }

    @Test
    void aLifeIsPausedRenamedKilledAndWaitedFor() {
        endless("web", "-m", "64m", "--cpus", "0.5", "--pids-limit", "20");
        ok("pause", "web");
        assertThat(state("web")).isEqualTo("paused");
        DockerCommand.Outcome paused = docker.run("start", "web");
        assertThat(paused.stderr()).contains("it is paused");
        ok("unpause", "web");
        ok("rename", "web", "front");
        ok("kill", "--signal", "HUP", "front");
        assertThat(state("front")).isEqualTo("running");
        ok("kill", "front");
        assertThat(ok("wait", "front")).isEqualTo("137");
        ok("restart", "front");
        ok("stop", "front");
        ok("rm", "front");
        assertThat(ok("ps", "-aq")).isEmpty();
    }

    @Test
    void statsAreOfThisSecond() {
        endless("web", "-m", "64m");
        ok("create", "--name", "idle", FakeEngine.STARTER);
        String[] web = ok("stats", "--no-stream", "--format", "{{.CPUPerc}} {{.MemUsage}} {{.PIDs}}", "web")
                .split(" ", 2);
        assertThat(web[0]).matches("[0-9.]+%").isNotEqualTo("0.00%");
        assertThat(web[1]).contains("MiB / ");
        assertThat(ok("stats", "--no-stream", "--format", "{{.CPUPerc}}", "idle"))
                .isIn("0.00%", "--");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.24", "1.30", "1.41", "1.45", "1.50"})
    void clientsOfManyYearsAreServed(String version) {
        docker = docker.withEnvironment(Map.of("DOCKER_API_VERSION", version));
        assertThat(ok("version", "--format", "{{.Client.APIVersion}}")).isEqualTo(version);
        assertThat(ok("run", "--rm", FakeEngine.STARTER, "echo", "hello")).isEqualTo("hello");
        assertThat(ok("images", "-q")).isNotEmpty();
        endless("web");
        assertThat(ok("ps", "--format", "{{.Names}}")).isEqualTo("web");
        assertThat(ok("logs", "web")).isEqualTo("ready");
        ok("rm", "-f", "web");
    }

    @Test
    void anOlderOrNewerClientIsToldTheRange() {
        DockerCommand old = docker.withEnvironment(Map.of("DOCKER_API_VERSION", "1.20"));
        assertThat(old.run("ps").stderr()).contains("too old").contains("1.24");
        DockerCommand future = docker.withEnvironment(Map.of("DOCKER_API_VERSION", "1.99"));
        assertThat(future.run("ps").stderr()).contains("too new").contains("1.51");
    }

    @Test
    void theUseOfTheDiskIsTold() {
        engine.addImage("other:1", NOTHING, 1_000_000);
        endless("web");
        List<String> table = ok(
                        "system", "df", "--format", "{{.Type}} {{.TotalCount}} {{.Active}} {{.Size}} {{.Reclaimable}}")
                .lines()
                .toList();
        assertThat(table)
                .containsExactly(
                        "Images 2 1 3.097MB 1MB (32%)",
                        "Containers 1 1 4.096kB 0B (0%)", "Local Volumes 0 0 0B 0B", "Build Cache 0 0 0B 0B");
        assertThat(ok("system", "df", "--verbose")).contains("other", "web");
        ok("rm", "-f", "web");
    }

    @Test
    void whatIsNotThereIsSaid() {
        for (String command : List.of("network ls", "volume ls", "exec web true", "swarm init")) {
            endless("web");
            DockerCommand.Outcome outcome = docker.run(command.split(" "));
            assertThat(outcome.status()).as(command).isNotZero();
            assertThat(outcome.stderr()).as(command).contains("not supported by this version of Darsena");
            ok("rm", "-f", "web");
        }
    }

    @Test
    void whyAnArchiveCannotBeLoadedIsTold() throws IOException {
        Path archive = Files.writeString(directory.resolve("mine.tar"), "no archive at all");
        engine.failNext("import", new CorruptedException("import", "x", "a layer does not match its digest", ""));
        DockerCommand.Outcome broken = docker.run("load", "-i", archive.toString());
        assertThat(broken.status()).isNotZero();
        assertThat(broken.stderr()).contains("does not match its digest");
        assertThat(directory.resolve("uploads")).isEmptyDirectory();
    }
}
