package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.fake.FakeEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Options of the real docker command that mean something else, or nothing, to whoever does not know Docker's ways.
final class DockerCommandOptionsTest extends DockerCommandOnFake {

    private static final String[] ENDLESS = {"sh", "-c", "trap 'exit 4' TERM; echo ready; while :; do sleep 0.05; done"
    };

    private void awaitReady(String name) throws InterruptedException {
        while (!docker.run("logs", "--tail", "1", name).stdout().contains("ready")) {
            Thread.sleep(20);
        }
    }

    /// @return its exit status, once what was done meanwhile is over
    private int runInFront(String... meanwhile) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--name", "front", FakeEngine.STARTER));
        arguments.addAll(List.of(ENDLESS));
        Process front = docker.begin(
                directory.resolve("front-out"), directory.resolve("front-err"), arguments.toArray(String[]::new));
        awaitReady("front");
        ok(meanwhile);
        assertThat(front.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return front.exitValue();
    }

    @Test
    void whatIsRemovedByForceEndsInFrontAsKilled() throws Exception {
        assertThat(runInFront("rm", "-f", "front")).isEqualTo(137);
    }

    @Test
    void aRestartEndsTheRunInFront() throws Exception {
        assertThat(runInFront("restart", "front")).isEqualTo(4);
        assertThat(ok("inspect", "--format", "{{.State.Status}}", "front")).isEqualTo("running");
    }

    @Test
    void aRestartStartsWhatNeverRan() {
        ok("create", "--name", "web", FakeEngine.STARTER, ENDLESS[0], ENDLESS[1], ENDLESS[2]);
        assertThat(ok("restart", "web")).isEqualTo("web");
        assertThat(ok("ps", "--format", "{{.Names}}")).isEqualTo("web");
    }

    @Test
    void aListShowsTheNameThatWasGiven() {
        ok("tag", FakeEngine.STARTER, "zebra:latest");
        ok("create", "--name", "web", "zebra");
        assertThat(ok("ps", "-a", "--format", "{{.Image}}")).isEqualTo("zebra");
        String id = ok("image", "inspect", "--format", "{{.Id}}", "zebra");
        ok("rmi", "zebra");
        assertThat(ok("ps", "-a", "--format", "{{.Image}}"))
                .isEqualTo(id.replace("sha256:", "").substring(0, 12));
    }

    @Test
    void onePlatformOfAnImageIsChosenWhereItIsItsOwn() {
        String platform = ok("image", "inspect", "--format", "{{.Os}}/{{.Architecture}}", FakeEngine.STARTER);
        assertThat(ok("history", "-q", "--platform", platform, FakeEngine.STARTER))
                .isEqualTo(ok("history", "-q", FakeEngine.STARTER));
        assertThat(ok("image", "inspect", "--platform", platform, "--format", "{{.Id}}", FakeEngine.STARTER))
                .startsWith("sha256:");
        String archive = directory.resolve("one.tar").toString();
        for (List<String> arguments : List.of(
                List.of("rmi", "--platform", "linux/s390x", FakeEngine.STARTER),
                List.of("rmi", "--force", "--platform", platform, FakeEngine.STARTER),
                List.of("save", "--platform", "linux/s390x", "-o", archive, FakeEngine.STARTER),
                List.of("history", "--platform", "linux/s390x", FakeEngine.STARTER),
                List.of("image", "inspect", "--platform", "linux/s390x", FakeEngine.STARTER))) {
            DockerCommand.Outcome outcome = docker.run(arguments.toArray(String[]::new));
            assertThat(outcome.status()).as("%s", arguments).isNotZero();
            assertThat(outcome.stderr())
                    .as("%s", arguments)
                    .contains("--platform")
                    .contains("not supported");
        }
        ok("save", "--platform", platform, "-o", archive, FakeEngine.STARTER);
        assertThat(docker.run("load", "--platform", "linux/s390x", "-i", archive)
                        .stderr())
                .contains("--platform")
                .contains("not supported");
        assertThat(ok("images", "-q").lines()).hasSize(1);
    }

    @Test
    void aVariableThatTheShellHasNotIsNoMistake() {
        assertThat(ok("run", "--rm", "-e", "DARSENA_NO_SUCH_VARIABLE", FakeEngine.STARTER, "echo", "hello"))
                .isEqualTo("hello");
    }

    @Test
    void anEmptyEntrypointTakesTheImagesAway() {
        assertThat(ok("run", "--rm", "--entrypoint", "", FakeEngine.STARTER, "echo", "hello"))
                .isEqualTo("hello");
    }

    @Test
    void containersAreFilteredByExpressions() {
        ok("create", "--name", "web", FakeEngine.STARTER);
        ok("create", "--name", "web-2", FakeEngine.STARTER);
        assertThat(ok("ps", "-a", "--filter", "name=^/web$", "--format", "{{.Names}}"))
                .isEqualTo("web");
    }

    @Test
    void imagesAreFilteredByGlobs() {
        ok("tag", FakeEngine.STARTER, "debian:12");
        ok("tag", FakeEngine.STARTER, "ubuntu:24.04");
        ok("tag", FakeEngine.STARTER, "ubuntu:22.04");
        assertThat(ok("images", "--format", "{{.Repository}}:{{.Tag}}", "deb*")).isEqualTo("debian:12");
        assertThat(ok("images", "--format", "{{.Repository}}:{{.Tag}}", "ubuntu:24.*"))
                .isEqualTo("ubuntu:24.04");
        assertThat(ok("images", "--format", "{{.Repository}}:{{.Tag}}", "ubuntu")
                        .lines())
                .containsExactlyInAnyOrder("ubuntu:24.04", "ubuntu:22.04");
        assertThat(ok("images", "-q", "no*")).isEmpty();
    }

    @Test
    void aStopSendsTheSignalItIsGiven() {
        ok(
                "run",
                "-d",
                "--name",
                "web",
                FakeEngine.STARTER,
                "sh",
                "-c",
                "trap 'exit 7' USR1; echo ready; while :; do sleep 0.05; done");
        while (!ok("logs", "web").contains("ready")) {
            Thread.onSpinWait();
        }
        ok("stop", "--signal", "USR1", "web");
        assertThat(ok("wait", "web")).isEqualTo("7");
    }

    @Test
    void eventsOfThePastAreTold() throws InterruptedException {
        ok("create", "--name", "web", "--label", "tier=front", FakeEngine.STARTER);
        ok("rm", "web");
        String told = "";
        while (!told.contains("destroy")) {
            Thread.sleep(10);
            told = ok(
                    "events", "--since", "10m", "--until", "0s", "--format", "{{.Action}} {{.Actor.Attributes.tier}}");
        }
        assertThat(told.lines()).containsExactly("create front", "destroy front");
    }

    @Test
    void aListShowsSizesAndNetworks() {
        ok("create", "--name", "web", "--network", "host", FakeEngine.STARTER);
        assertThat(ok("ps", "-a", "--size", "--format", "{{.Networks}} {{.Size}}"))
                .matches("host .*B \\(virtual .*B\\)");
    }

    @Test
    void whatANetworkCannotGiveIsRefusedByName() {
        for (String[] option :
                List.of(new String[] {"--ip", "10.0.0.2"}, new String[] {"--mac-address", "02:42:ac:11:00:02"})) {
            DockerCommand.Outcome outcome = docker.run("create", option[0], option[1], FakeEngine.STARTER);
            assertThat(outcome.status()).as(option[0]).isNotZero();
            assertThat(outcome.stderr()).contains(option[0]).contains("not supported");
        }
    }

    @Test
    void noHealthCheckIsWhatThereIs() {
        assertThat(ok("run", "--rm", "--no-healthcheck", FakeEngine.STARTER, "echo", "hello"))
                .isEqualTo("hello");
    }

    @Test
    void aPlainRunSaysThatItHasNoNetwork() {
        DockerCommand.Outcome plain = docker.run("run", "--rm", FakeEngine.STARTER, "true");
        assertThat(plain.status()).isZero();
        assertThat(plain.stderr()).contains("WARNING").contains("no bridge network yet");
        assertThat(docker.run("run", "--rm", "--network", "host", FakeEngine.STARTER, "true")
                        .stderr())
                .isEmpty();
    }
}
