package io.darsena.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.darsena.bridge.contract.ForeignProgram;
import io.darsena.docker.server.DockerCommand;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.node.ObjectNode;

/// `darsena serve` as a process of its own, and the real docker command in front of it. One serves all tests; each has
/// containers of its own.
final class DockerOnRealEngineIT {

    private static final String STARTER = "darsena/starter:latest";

    @RegisterExtension
    static final EngineHome HOME = new EngineHome();

    @SuppressWarnings("NullAway.Init")
    private static ServeProcess server;

    @SuppressWarnings("NullAway.Init")
    private static DockerCommand docker;

    private static Path socket = Path.of("");

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        Optional<Path> executable = DockerCommand.find();
        ForeignProgram.require("docker", executable.isPresent());
        socket = HOME.directory().resolve("docker.sock");
        server = HOME.serve(socket);
        docker = new DockerCommand(executable.orElseThrow(), socket, HOME.directory());
    }

    private static String ok(String... arguments) {
        DockerCommand.Outcome outcome = docker.run(arguments);
        assertThat(outcome.status()).as(outcome.stderr() + server.output()).isZero();
        return outcome.stdout().strip();
    }

    @Test
    void topShowsWhatRunsInside() {
        ok("run", "-d", "--name", "topped", "--network", "none", STARTER, "sh", "-c", "sleep 71 & wait");
        try {
            String processes = ok("top", "topped");
            while (!processes.contains("sleep 71\n") && !processes.endsWith("sleep 71")) {
                processes = ok("top", "topped");
            }
            assertThat(processes.lines().findFirst())
                    .hasValueSatisfying(titles -> assertThat(titles).contains("UID", "PPID", "STIME", "CMD"));
            assertThat(processes.lines()).hasSize(3);
        } finally {
            ok("rm", "-f", "topped");
        }
    }

    @Test
    void runShowsBothStreamsTheCodeAndLeavesNothing() {
        String before = ok("ps", "-aq");
        for (int round = 0; round < 5; round++) {
            DockerCommand.Outcome outcome = docker.run(
                    "run", "--rm", "--network", "none", STARTER, "sh", "-c", "echo out; echo err >&2; exit 3");
            assertThat(outcome.stdout()).as(outcome.stderr()).isEqualTo("out\n");
            assertThat(outcome.stderr()).isEqualTo("err\n");
            assertThat(outcome.status()).isEqualTo(3);
        }
        assertThat(ok("ps", "-aq")).isEqualTo(before);
    }

    @Test
    void everyOneOfFourMillionFastLinesReachesDockerRunHoweverSmallTheLog() {
        DockerCommand.Outcome outcome = docker.run(
                "run", "--rm", "--log-opt", "max-size=100k", "--log-opt", "max-file=2", STARTER, "seq", "4000000");
        assertThat(outcome.status()).as(outcome.stderr()).isZero();
        StringBuilder expected = new StringBuilder(31_000_000);
        for (int line = 1; line <= 4_000_000; line++) {
            expected.append(line).append('\n');
        }
        assertThat(outcome.stdout().contentEquals(expected)).isTrue();
    }

    /// As Watchtower and Portainer do it: with what inspect tells, under the name that it tells.
    @Test
    void whatInspectTellsMakesTheSameContainerAgain() throws IOException {
        ok(
                "create",
                "--name",
                "first",
                "--network",
                "none",
                "-e",
                "A=b",
                "--label",
                "x=y",
                "--read-only",
                "--hostname",
                "there",
                "--user",
                "7:8",
                "--workdir",
                "/tmp",
                "--stop-signal",
                "INT",
                "--stop-timeout",
                "3",
                "--log-opt",
                "max-size=2m",
                "--log-opt",
                "max-file=3",
                "--entrypoint",
                "sleep",
                STARTER,
                "71");
        String first = ok("inspect", "first");
        ObjectNode body = (ObjectNode) Json.read(first).path(0).path("Config");
        body.set("HostConfig", Json.read(first).path(0).path("HostConfig"));
        body.putObject("NetworkingConfig")
                .set(
                        "EndpointsConfig",
                        Json.read(first).path(0).path("NetworkSettings").path("Networks"));
        ok("rm", "first");
        String answer = post("/v1.51/containers/create?name=/first", body.toString());
        assertThat(answer).startsWith("HTTP/1.1 201 ");
        for (String part : List.of("Config", "HostConfig")) {
            assertThat(Json.read(ok("inspect", "first")).path(0).path(part))
                    .isEqualTo(Json.read(first).path(0).path(part));
        }
        ok("rm", "first");
    }

    private static String post(String path, String body) throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String head = "POST " + path + " HTTP/1.0\r\nContent-Length: " + bytes.length + "\r\n\r\n";
            client.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            client.write(ByteBuffer.wrap(bytes));
            return new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void bytesAreLeftAsTheyAre() {
        assertThat(docker.run("run", "--rm", STARTER, "printf", "no line feed").stdout())
                .isEqualTo("no line feed");
        assertThat(docker.run("run", "--rm", STARTER, "printf", "\r\\033[1mbold\\0end")
                        .stdout())
                .isEqualTo("\r\u001b[1mbold\u0000end");
    }

    @Test
    void networkAndLogOptionsAreAsAsked() {
        String own = ok("run", "--rm", "--network", "none", STARTER, "readlink", "/proc/self/ns/net");
        String hosts = ok("run", "--rm", "--network", "host", STARTER, "readlink", "/proc/self/ns/net");
        assertThat(hosts).isNotEqualTo(own).isEqualTo(ownNetwork());
        ok("create", "--name", "bound", "--network", "host", "--log-opt", "max-size=2m", STARTER);
        assertThat(ok("inspect", "--format", "{{.HostConfig.NetworkMode}} {{.HostConfig.LogConfig.Config}}", "bound"))
                .isEqualTo("host map[max-file:1 max-size:2000000]");
        assertThat(docker.run("create", "--log-opt", "max-size=1", STARTER).stderr())
                .contains("is not between 64 kB and 1 TB");
    }

    @Test
    void anArchiveThatCannotBeLoadedIsNotCalledByTheServersOwnName() throws IOException {
        Path archive = Files.writeString(HOME.directory().resolve("mine.tar"), "no archive at all".repeat(100));
        DockerCommand.Outcome broken = docker.run("load", "-i", archive.toString());
        assertThat(broken.status()).isNotZero();
        assertThat(broken.stderr())
                .contains("the archive that was sent")
                .doesNotContain("load-", "ingest", HOME.directory().toString());
    }

    @Test
    void limitsAndNumbersAreThoseOfTheKernel() {
        DockerCommand.Outcome limited = docker.run("run", "-d", "--name", "limited", "--pids-limit", "30", STARTER);
        assumeFalse(limited.stderr().contains("limits cannot be kept"), limited::stderr);
        assertThat(limited.status()).as(limited.stderr()).isZero();
        assertThat(ok("stats", "--no-stream", "--format", "{{.MemUsage}}", "limited"))
                .matches("[0-9.]+[KM]?i?B / [0-9.]+[GMT]iB");
        assertThat(ok("inspect", "--format", "{{.HostConfig.PidsLimit}}", "limited"))
                .isEqualTo("30");
        ok("kill", "limited");
        assertThat(ok("wait", "limited")).isEqualTo("137");
    }

    private static String ownNetwork() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void aCommandThatDoesNotExistEndsWith127() {
        DockerCommand.Outcome outcome = docker.run("run", "--rm", STARTER, "no-such-command");
        assertThat(outcome.status()).isEqualTo(127);
        assertThat(outcome.stderr()).contains("no-such-command");
    }

    @Test
    void aDetachedContainerIsFollowedStoppedAndRemoved() {
        String id = ok(
                "run",
                "-d",
                "--name",
                "followed",
                "--hostname",
                "harbour",
                STARTER,
                "sh",
                "-c",
                // Started again it stays until it is stopped, however slow the machine is.
                "hostname; sleep 1; echo two; [ ! -e /again ] || exec sleep 600; touch /again");
        assertThat(id).hasSize(64);
        assertThat(ok("logs", "-f", "followed")).isEqualTo("harbour\ntwo");
        assertThat(ok("wait", "followed")).isEqualTo("0");
        assertThat(ok("start", "followed")).isEqualTo("followed");
        assertThat(ok("ps", "--filter", "name=followed", "--format", "{{.Names}} {{.State}}"))
                .isEqualTo("followed running");
        assertThat(ok("stop", "-t", "1", "followed")).isEqualTo("followed");
        assertThat(ok("inspect", "--format", "{{.State.Status}}", "followed")).isEqualTo("exited");
        assertThat(ok("rm", "followed")).isEqualTo("followed");
    }

    private static final String[] ENDLESS = {"sh", "-c", "trap 'exit 4' TERM; echo ready; while :; do sleep 0.1; done"};

    /// What runs in front: the wait for its end stands before it is started.
    private static Process inFront(String name) throws Exception {
        Process front = docker.begin(
                Files.createTempFile(HOME.directory(), "stdout", ""),
                Files.createTempFile(HOME.directory(), "stderr", ""),
                "run",
                "--name",
                name,
                STARTER,
                ENDLESS[0],
                ENDLESS[1],
                ENDLESS[2]);
        while (!docker.run("logs", "--tail", "1", name).stdout().contains("ready")) {
            Thread.sleep(50);
        }
        return front;
    }

    private static int status(Process command) throws InterruptedException {
        assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return command.exitValue();
    }

    /// The exit codes that events told; those come a moment after what they tell.
    private static String deaths(String name) throws InterruptedException {
        String codes = told(name);
        while (codes.isEmpty()) {
            Thread.sleep(50);
            codes = told(name);
        }
        return codes;
    }

    private static String told(String name) {
        return ok(
                "events",
                "--since",
                "10m",
                "--until",
                "0s",
                "--filter",
                "container=" + name,
                "--filter",
                "event=die",
                "--format",
                "{{.Actor.Attributes.exitCode}}");
    }

    @Test
    void whatIsRemovedByForceWasKilled() throws Exception {
        Process front = inFront("forced");
        ok("rm", "-f", "forced");
        assertThat(status(front)).isEqualTo(137);
        assertThat(deaths("forced")).isEqualTo("137");
    }

    /// Nothing tells when the question of `docker wait` has arrived: one that came when the container was gone is asked
    /// again, with more patience.
    @Test
    void aWaitThatAForcedRemovalEndsTellsThatItWasKilled() throws Exception {
        Path told = HOME.directory().resolve("waited-for");
        Path errors = HOME.directory().resolve("waited-errors");
        for (long patience = 1000; ; patience *= 2) {
            ok("run", "-d", "--name", "waited", STARTER, ENDLESS[0], ENDLESS[1], ENDLESS[2]);
            Process waiting = docker.begin(told, errors, "wait", "waited");
            Thread.sleep(patience);
            ok("rm", "-f", "waited");
            if (status(waiting) == 0) {
                break;
            }
            assertThat(Files.readString(errors)).contains("No such container");
            assertThat(patience).isLessThan(20_000);
        }
        assertThat(told).hasContent("137");
    }

    @Test
    void aRestartEndsTheRunInFrontWithTheCodeOfItsStop() throws Exception {
        Process front = inFront("restarted");
        try {
            ok("restart", "restarted");
            assertThat(status(front)).isEqualTo(4);
            assertThat(ok("inspect", "--format", "{{.State.Status}}", "restarted"))
                    .isEqualTo("running");
            assertThat(deaths("restarted")).isEqualTo("4");
        } finally {
            ok("rm", "-f", "restarted");
        }
    }

    @Test
    void aRestartStartsWhatNeverRan() {
        ok("create", "--name", "fresh", STARTER, ENDLESS[0], ENDLESS[1], ENDLESS[2]);
        try {
            assertThat(ok("restart", "fresh")).isEqualTo("fresh");
            assertThat(ok("inspect", "--format", "{{.State.Status}}", "fresh")).isEqualTo("running");
        } finally {
            ok("rm", "-f", "fresh");
        }
    }

    @Test
    void aListShowsTheNameAnImageWasAskedForBy() {
        ok("tag", STARTER, "app:prod");
        try {
            ok("create", "--name", "as-starter", STARTER);
            ok("create", "--name", "as-app", "app:prod");
            assertThat(ok("ps", "-a", "--filter", "name=^as-", "--format", "{{.Names}} {{.Image}}")
                            .lines())
                    .containsExactlyInAnyOrder("as-starter " + STARTER, "as-app app:prod");
        } finally {
            ok("rm", "as-starter", "as-app");
            ok("rmi", "app:prod");
        }
    }

    @Test
    void containersOutliveTheServer() throws Exception {
        ok("run", "-d", "--name", "outlives", STARTER);
        String pid = ok("inspect", "--format", "{{.State.Pid}}", "outlives");
        assertThat(server.terminate()).isZero();
        assertThat(socket).doesNotExist();
        assertThat(Path.of("/proc", pid)).exists();
        server = HOME.serve(socket);
        assertThat(ok("ps", "--filter", "name=outlives", "--format", "{{.Names}} {{.State}}"))
                .isEqualTo("outlives running");
        assertThat(ok("inspect", "--format", "{{.State.Pid}}", "outlives")).isEqualTo(pid);
    }

    @Test
    void userDirectoryAndEnvironmentAreAsAsked() {
        assertThat(ok(
                        "run",
                        "--rm",
                        "--user",
                        "1000:1000",
                        "-w",
                        "/tmp",
                        "-e",
                        "GREETING=hi",
                        STARTER,
                        "sh",
                        "-c",
                        "id -u; pwd; echo $GREETING"))
                .isEqualTo("1000\n/tmp\nhi");
    }
}
