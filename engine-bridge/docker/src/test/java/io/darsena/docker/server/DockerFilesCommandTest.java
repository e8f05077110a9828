package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.contract.ForeignProgram;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.http.HttpClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of containers by the real docker command, and by requests that it does not send.
final class DockerFilesCommandTest {

    private static final ImageConfig CONFIG =
            new ImageConfig(List.of(), List.of("sh"), List.of("PATH=/bin"), "", "", "", List.of(), List.of(), Map.of());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final FakeEngine fake = new FakeEngine();
    private final Engine engine = fake;

    @SuppressWarnings("NullAway.Init")
    private DockerApiServer server;

    @SuppressWarnings("NullAway.Init")
    private HttpClient http;

    @SuppressWarnings("NullAway.Init")
    private ContainerId web;

    @BeforeEach
    void serve() throws IOException {
        Path socket = directory.resolve("docker.sock");
        server = DockerApiServer.open(fake, socket, directory.resolve("uploads"));
        http = new HttpClient(socket);
        fake.addImage(
                "base:1",
                CONFIG,
                List.of(
                        FakeLayer.of("FROM", "d etc", "f 10 etc/passwd", "f 3 etc/gone", "d var", "d var/old"),
                        FakeLayer.of("CMD [\"sh\"]"),
                        FakeLayer.of("COPY", "f 4 var/old/data", "l lib var")));
        web = engine.containers().create(ContainerSpec.of("base:1").withName("web"));
        fake.change(
                web,
                FakeLayer.of(
                        "",
                        "w etc/gone",
                        "w var/old",
                        "f 12 etc/passwd",
                        "d srv",
                        "d srv/www",
                        "f 5 srv/www/page",
                        "l srv/site www",
                        "l srv/out /../etc/passwd"));
    }

    @AfterEach
    void close() {
        server.close();
        fake.close();
    }

    private String ok(String... arguments) {
        ForeignProgram.require("docker", DockerCommand.find().isPresent());
        DockerCommand docker =
                new DockerCommand(DockerCommand.find().orElseThrow(), directory.resolve("docker.sock"), directory);
        DockerCommand.Outcome outcome = docker.run(arguments);
        assertThat(outcome.status()).as(outcome.stderr()).isZero();
        return outcome.stdout().strip();
    }

    private List<String> tar(String... arguments) throws Exception {
        Process process = new ProcessBuilder(arguments)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    private HttpAnswer send(String method, String target) throws IOException {
        return http.send(method, target, "application/json", new byte[0]);
    }

    private String stat(String path) throws IOException {
        try (HttpAnswer answer = send("HEAD", "/v1.41/containers/web/archive?path=" + path)) {
            byte[] json =
                    Base64.getDecoder().decode(answer.header(PathStat.HEADER).orElse(""));
            return answer.status() + " " + new String(json, StandardCharsets.UTF_8);
        }
    }

    private String refused(String method, String target) throws IOException {
        try (HttpAnswer answer = send(method, target)) {
            return answer.status() + " " + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aDiffTellsWhatTheContainerHasChanged() {
        assertThat(ok("diff", "web").lines())
                .containsExactly(
                        "C /etc",
                        "D /etc/gone",
                        "C /etc/passwd",
                        "A /srv",
                        "A /srv/out",
                        "A /srv/site",
                        "A /srv/www",
                        "A /srv/www/page",
                        "C /var",
                        "D /var/old");
        ContainerId other = engine.containers().create(ContainerSpec.of("base:1"));
        assertThat(ok("diff", other.toString())).isEmpty();
    }

    @Test
    void anExportIsATarOfAllThatTheContainerSees() throws Exception {
        ok("export", "-o", directory.resolve("all.tar").toString(), "web");
        assertThat(tar("tar", "-tf", "all.tar"))
                .contains("etc/passwd", "srv/www/page", "lib")
                .doesNotContain("etc/gone", "var/old", "var/old/data");
    }

    @Test
    void aDirectoryIsCopiedByItsNameOrOnlyWhatIsInIt() throws Exception {
        ok("cp", "web:/srv/www", directory.toString());
        assertThat(directory.resolve("www/page")).hasSize(5);
        ok("cp", "web:/srv/www", directory.resolve("renamed").toString());
        assertThat(directory.resolve("renamed/page")).hasSize(5);
        Path here = Files.createDirectory(directory.resolve("here"));
        ok("cp", "web:/srv/www/.", here.toString());
        assertThat(here.resolve("page")).hasSize(5);
        ok("cp", "web:srv/../srv/site/", directory.resolve("linked").toString());
        assertThat(directory.resolve("linked/page")).hasSize(5);
        ok("cp", "web:/", directory.resolve("root").toString());
        assertThat(directory.resolve("root/etc/passwd")).hasSize(12);
        ok("cp", "web:/.", Files.createDirectory(directory.resolve("dot")).toString());
        assertThat(directory.resolve("dot/etc/passwd")).hasSize(12);
    }

    @Test
    void aFileIsCopiedAndALinkOnlyFollowedWhenAsked() throws Exception {
        ok("cp", "web:/srv/site/page", directory.resolve("copy").toString());
        assertThat(directory.resolve("copy")).hasSize(5);
        ok("cp", "web:/srv/site", directory.resolve("link").toString());
        assertThat(Files.readSymbolicLink(directory.resolve("link"))).isEqualTo(Path.of("www"));
        ok("cp", "-L", "web:/srv/out", directory.resolve("target").toString());
        assertThat(directory.resolve("target")).isRegularFile().hasSize(12);
    }

    @Test
    void theStatOfAPathSaysWhatGoUnderstands() throws IOException {
        assertThat(stat("/srv/www"))
                .startsWith("200 ")
                .contains("\"name\":\"www\"", "\"mode\":" + (1L << 31 | 0755), "\"linkTarget\":\"\"");
        assertThat(stat("/srv/site"))
                .contains("\"mode\":" + (1L << 27 | 0755), "\"linkTarget\":\"/srv/www\"", "\"size\":3");
        assertThat(stat("/srv/site/")).contains("\"name\":\"site\"", "\"mode\":" + (1L << 31 | 0755));
        assertThat(stat("/srv/www/.")).contains("\"name\":\".\"");
        assertThat(stat("/")).contains("\"name\":\"/\"");
        assertThat(stat("/srv/www/page")).contains("\"mode\":420", "\"size\":5");
    }

    @Test
    void whatIsNotThereIsNotCopied() throws IOException {
        String archive = "/v1.41/containers/web/archive?path=";
        assertThat(stat("/etc/gone")).startsWith("404 ");
        assertThat(refused("GET", archive + "/no%ffsuch"))
                .startsWith("404 ")
                .contains("Could not find the file", "container web");
        assertThat(refused("GET", archive + "/etc/passwd/")).startsWith("400 ").contains("is not a directory");
        assertThat(refused("GET", archive)).startsWith("400 ").contains("'path' cannot be empty");
        assertThat(refused("GET", "/v1.41/containers/none/archive?path=/")).startsWith("404 ");
        assertThat(refused("GET", "/v1.41/containers/none/changes")).startsWith("404 ");
        assertThat(refused("GET", "/v1.41/containers/none/export")).startsWith("404 ");
        assertThat(refused("PUT", archive + "/etc")).startsWith("501 ").contains("copying files into a container");
    }

    @Test
    void aCommitIsAnImageWithAllItsWords() {
        String id = ok(
                "commit",
                "-m",
                "what was written",
                "-a",
                "Ada",
                "-c",
                "CMD [\"serve\"]",
                "-c",
                "ENV MODE=test",
                "-c",
                "EXPOSE 8080",
                "web",
                "mine:2");
        assertThat(ok("image", "inspect", "--format", "{{.Id}} {{.Config.Cmd}} {{.Config.Env}}", "mine:2"))
                .isEqualTo(id + " [serve] [PATH=/bin MODE=test]");
        assertThat(ok("history", "--format", "{{.Comment}}", "mine:2").lines().findFirst())
                .contains("what was written");
        String nameless = ok("commit", "--pause=false", "web");
        assertThat(engine.images().find(nameless).orElseThrow().names()).isEmpty();
    }

    @Test
    void aWrongChangeIsRefusedWithTheReason() throws IOException {
        int before = engine.images().list().size();
        assertThat(refused("POST", "/v1.41/commit?container=web&repo=x&changes=FROM%20scratch"))
                .startsWith("400 ")
                .contains("FROM is not a valid change command");
        assertThat(refused("POST", "/v1.41/commit?container=web&repo=x@sha256:" + "0".repeat(64)))
                .startsWith("400 ");
        assertThat(refused("POST", "/v1.41/commit?container=none")).startsWith("404 ");
        assertThat(refused("POST", "/v1.41/commit")).startsWith("400 ").contains("no container given");
        assertThat(engine.images().list()).hasSize(before);
    }

    @Test
    void aHistoryBeginsWithTheNewestStep() {
        ImageId id = engine.images().find("base:1").orElseThrow().id();
        assertThat(ok("history", "--no-trunc", "--format", "{{.ID}} {{.CreatedBy}} {{.Size}}", "base:1")
                        .lines())
                .containsExactly(id + " COPY 4B", "<missing> CMD [\"sh\"] 0B", "<missing> FROM 13B");
    }
}
