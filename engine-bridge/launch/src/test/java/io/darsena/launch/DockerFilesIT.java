package io.darsena.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.contract.ForeignProgram;
import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.http.HttpClient;
import io.darsena.docker.server.DockerCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a real container has written, by the real docker command: diff, cp, export, commit, history. One engine serves
/// all tests, and none changes what another looks at.
final class DockerFilesIT {

    private static final String STARTER = "darsena/starter:latest";
    private static final String WRITE = "mkdir -p /srv/www; echo hello > /srv/www/page; ln -s www /srv/site;"
            + " echo more >> /etc/passwd; ln /srv/www/page /srv/www/hard; chmod 2750 /srv/www";

    @RegisterExtension
    static final EngineHome HOME = new EngineHome();

    @SuppressWarnings("NullAway.Init")
    private static ServeProcess server;

    @SuppressWarnings("NullAway.Init")
    private static DockerCommand docker;

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        Optional<Path> executable = DockerCommand.find();
        ForeignProgram.require("docker", executable.isPresent());
        Path socket = HOME.directory().resolve("docker.sock");
        server = HOME.serve(socket);
        docker = new DockerCommand(executable.orElseThrow(), socket, HOME.directory());
        ok("run", "--name", "web", STARTER, "sh", "-c", WRITE);
    }

    private static String ok(String... arguments) {
        DockerCommand.Outcome outcome = docker.run(arguments);
        assertThat(outcome.status()).as(outcome.stderr() + server.output()).isZero();
        return outcome.stdout().strip();
    }

    private static List<String> entries(Path tar) throws Exception {
        Process process = new ProcessBuilder("tar", "-tf", tar.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    @Test
    void aDiffTellsWhatWasWrittenAndNothingElse() {
        assertThat(ok("diff", "web").lines())
                .containsExactly(
                        "C /etc",
                        "C /etc/passwd",
                        "A /srv",
                        "A /srv/site",
                        "A /srv/www",
                        "A /srv/www/hard",
                        "A /srv/www/page");
        ok("run", "--name", "idle", STARTER, "true");
        assertThat(ok("diff", "idle")).isEmpty();
    }

    @Test
    void filesAreCopiedOut() throws Exception {
        ok("cp", "web:/srv/www", HOME.directory().resolve("copied").toString());
        Path copied = HOME.directory().resolve("copied");
        assertThat(copied.resolve("page")).hasContent("hello");
        assertThat(copied.resolve("hard")).hasContent("hello");
        ok("cp", "-L", "web:/srv/site", HOME.directory().resolve("followed").toString());
        assertThat(HOME.directory().resolve("followed/page")).hasContent("hello");
        Path inside = Files.createDirectory(HOME.directory().resolve("inside"));
        ok("cp", "web:/srv/www/.", inside.toString());
        assertThat(inside.resolve("page")).hasContent("hello");
        Path tar = HOME.directory().resolve("www.tar");
        Process process = docker.begin(tar, HOME.directory().resolve("errors"), "cp", "web:/srv/www", "-");
        assertThat(process.waitFor()).isZero();
        assertThat(entries(tar)).containsExactly("www/", "www/hard", "www/page");
        DockerCommand.Outcome missing =
                docker.run("cp", "web:/no/such", HOME.directory().toString());
        assertThat(missing.status()).isNotZero();
        assertThat(missing.stderr()).contains("Could not find the file /no/such in container web");
    }

    @Test
    void aNameThatIsNoTextIsCopiedToo() throws Exception {
        ok("run", "--name", "odd", STARTER, "sh", "-c", "mkdir /odd; echo odd > \"/odd/$(printf 'a\\377+%%')\"");
        HttpClient http = new HttpClient(HOME.directory().resolve("docker.sock"));
        String target = "/v1.41/containers/odd/archive?path=/odd/a%FF%2B%25";
        try (HttpAnswer answer = http.send("GET", target, "", new byte[0])) {
            assertThat(answer.status()).isEqualTo(200);
            byte[] tar = answer.body().readAllBytes();
            // Before the entry's own header stands another one, with the fraction of a second.
            assertThat(Arrays.copyOfRange(tar, 1024, 1029)).containsExactly('a', 0xff, '+', '%', 0);
            assertThat(new String(tar, 1536, 4, StandardCharsets.US_ASCII)).isEqualTo("odd\n");
        }
    }

    @Test
    void anExportHoldsAllThatTheContainerSees() throws Exception {
        Path tar = HOME.directory().resolve("all.tar");
        ok("export", "-o", tar.toString(), "web");
        assertThat(entries(tar)).contains("bin/", "etc/passwd", "srv/site", "srv/www/", "srv/www/page");
    }

    @Test
    void aCommittedImageRunsAndTellsItsHistory() {
        String id = ok(
                "commit",
                "-m",
                "with a page",
                "-a",
                "Ada <ada@example.org>",
                "-c",
                "CMD [\"sh\", \"-c\", \"cat /srv/site/page; tail -n 1 /etc/passwd; echo $MODE\"]",
                "-c",
                "ENV MODE=committed",
                "web",
                "mine:2");
        assertThat(id).startsWith("sha256:");
        assertThat(ok("run", "--rm", "mine:2")).isEqualTo("hello\nmore\ncommitted");
        List<String> history = ok("history", "--no-trunc", "--format", "{{.ID}}|{{.Comment}}|{{.Size}}", "mine:2")
                .lines()
                .toList();
        assertThat(history.getFirst()).startsWith(id + "|with a page|").doesNotEndWith("|0B");
        assertThat(history).hasSizeGreaterThan(1).last().asString().startsWith("<missing>|");
        assertThat(ok("images", "--format", "{{.Repository}}:{{.Tag}}").lines()).contains("mine:2", STARTER);
    }

    @Test
    void aRunningContainerIsCommittedAndRunsOn() {
        ok("run", "-d", "--name", "busy", STARTER, "sh", "-c", "echo x > /made; while :; do sleep 0.1; done");
        while (docker.run("cp", "busy:/made", HOME.directory().resolve("made").toString())
                        .status()
                != 0) {
            Thread.onSpinWait();
        }
        ok("commit", "--pause=false", "busy", "busy:1");
        assertThat(ok("inspect", "--format", "{{.State.Status}}", "busy")).isEqualTo("running");
        assertThat(ok("run", "--rm", "busy:1", "cat", "/made")).isEqualTo("x");
        ok("kill", "busy");
    }
}
