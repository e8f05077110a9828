package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.fake.FakeEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The real docker command in front of the engine in memory: what it prints and how it ends.
final class DockerCommandTest extends DockerCommandOnFake {

    @Test
    void versionAndInfoNameTheEngine() {
        assertThat(ok("version", "--format", "{{.Server.Version}}"))
                .isEqualTo(engine.description().version());
        assertThat(ok("info", "--format", "{{.Images}} {{.Driver}}")).isEqualTo("1 overlay");
    }

    /// What is not said the command takes for missing, and warns of it.
    @Test
    void versionAndInfoSayNothingThatIsNotSo() {
        assertThat(ok("version").split("Server:", 2)[1])
                .containsPattern("OS/Arch: +linux/(amd64|arm64)")
                .doesNotContain("/\n");
        DockerCommand.Outcome info = docker.run("info");
        assertThat(info.status()).isZero();
        assertThat(info.stdout())
                .contains("Swarm: inactive", "Cgroup Driver: ")
                .containsPattern("Architecture: (x86_64|aarch64)")
                .doesNotContain("NodeID");
        assertThat(info.stdout() + info.stderr())
                .contains("WARNING: No bridge network yet")
                .doesNotContain("No memory limit support", "No swap limit", "cpuset", "bridge-nf", "forwarding");
    }

    @Test
    void aDetachedContainerIsListedInspectedStoppedAndRemoved() {
        String id = ok("run", "-d", "--name", "web", FakeEngine.STARTER);
        assertThat(id).hasSize(64);
        assertThat(ok("ps", "--format", "{{.Names}} {{.Image}} {{.State}}"))
                .isEqualTo("web " + FakeEngine.STARTER + " running");
        assertThat(ok("inspect", "--format", "{{.State.Status}} {{.Name}}", "web"))
                .isEqualTo("running /web");
        assertThat(ok("pause", "web")).isEqualTo("web");
        assertThat(ok("ps", "--format", "{{.Status}}")).endsWith("(Paused)");
        assertThat(ok("unpause", "web")).isEqualTo("web");
        assertThat(ok("stop", "web")).isEqualTo("web");
        assertThat(ok("ps", "-q")).isEmpty();
        assertThat(ok("ps", "-a", "--format", "{{.Status}}")).startsWith("Exited (0)");
        assertThat(ok("rm", "web")).isEqualTo("web");
        assertThat(ok("ps", "-aq")).isEmpty();
    }

    @Test
    void runShowsBothStreamsAndEndsWithTheCodeOfTheContainer() {
        DockerCommand.Outcome outcome = docker.run(
                "run", "--rm", "--network", "none", FakeEngine.STARTER, "sh", "-c", "echo out; echo err >&2; exit 3");
        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.stdout()).isEqualTo("out\n");
        assertThat(outcome.stderr()).isEqualTo("err\n");
        assertThat(ok("ps", "-aq")).isEmpty();
    }

    @Test
    void aFollowedLogEndsWithTheContainer() {
        ok("run", "-d", "--name", "web", FakeEngine.STARTER, "sh", "-c", "echo one; sleep 1; echo two");
        assertThat(ok("logs", "-f", "web")).isEqualTo("one\ntwo");
        assertThat(ok("logs", "--tail", "1", "web")).isEqualTo("two");
        assertThat(ok("logs", "--tail", "-1", "web")).isEqualTo("one\ntwo");
        assertThat(ok("logs", "--tail", "0", "web")).isEmpty();
        assertThat(ok("wait", "web")).isEqualTo("0");
        assertThat(ok("logs", "-f", "web")).isEqualTo("one\ntwo");
    }

    @Test
    void eventsTellWhatHappenedInDockersWords() throws Exception {
        Path stdout = directory.resolve("events");
        Process events = docker.begin(
                stdout,
                directory.resolve("events-errors"),
                "events",
                "--format",
                "{{.Action}} {{.Actor.Attributes.name}}");
        try {
            while (Files.size(stdout) == 0) {
                ok("run", "--rm", "--name", "short", FakeEngine.STARTER, "true");
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!Files.readString(stdout).contains("die short\n") && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertThat(Files.readString(stdout).lines()).contains("die short");
        } finally {
            events.destroy();
            events.waitFor();
        }
    }

    @Test
    void aNameThatIsTakenIsAConflict() {
        ok("create", "--name", "web", FakeEngine.STARTER);
        DockerCommand.Outcome second = docker.run("create", "--name", "web", FakeEngine.STARTER);
        assertThat(second.status()).isNotZero();
        assertThat(second.stderr()).contains("web").contains("Error response from daemon");
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        DockerCommand.Outcome outcome = docker.run("run", "-d", "--privileged", FakeEngine.STARTER);
        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.stderr()).contains("--privileged is not supported");
    }

    @Test
    void imagesAreListedAndTagged() throws IOException {
        assertThat(ok("images", "--format", "{{.Repository}}:{{.Tag}}")).isEqualTo(FakeEngine.STARTER);
        ok("tag", FakeEngine.STARTER, "mine:1");
        assertThat(ok("images", "--format", "{{.Repository}}:{{.Tag}}").lines()).contains("mine:1");
        ok("rmi", "mine:1");
        assertThat(ok("image", "inspect", "--format", "{{.Os}}", FakeEngine.STARTER))
                .isEqualTo("linux");
        assertThat(Files.exists(directory.resolve("uploads"))).isFalse();
    }

    @Test
    void savedImagesAreLoadedAgainUnderTheNamesTheyWereSavedBy() throws IOException {
        ok("tag", FakeEngine.STARTER, "mine:1");
        ok("tag", FakeEngine.STARTER, "mine:2");
        Path archive = directory.resolve("mine.tar");
        ok("save", "-o", archive.toString(), "mine", FakeEngine.STARTER);
        ok("rmi", "-f", FakeEngine.STARTER, "mine:1", "mine:2");
        assertThat(ok("images", "-q")).isEmpty();
        assertThat(ok("load", "-i", archive.toString()).lines())
                .containsExactlyInAnyOrder(
                        "Loaded image: " + FakeEngine.STARTER, "Loaded image: mine:1", "Loaded image: mine:2");
    }

    @Test
    void whatIsNotThereIsNotSavedAndNoFileIsMade() throws IOException {
        Path archive = directory.resolve("none.tar");
        DockerCommand.Outcome outcome = docker.run("save", "-o", archive.toString(), "no-such-image");
        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.stderr()).contains("no-such-image");
        assertThat(Files.exists(archive)).isFalse();
    }

    @Test
    void theSocketIsPrivate() throws IOException {
        assertThat(Files.getPosixFilePermissions(directory.resolve("docker.sock")))
                .hasSize(2);
    }
}
