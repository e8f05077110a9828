package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What the routes of containers answer, byte by byte.
@Timeout(60)
final class ContainerRequestsTest extends RequestsOnFake {

    private JsonNode create(String name, String fields) throws IOException {
        String body = "{\"Image\":\"" + FakeEngine.STARTER + "\"" + fields + "}";
        return client.json("POST /v1.51/containers/create?name=" + name, body);
    }

    private Images images() {
        return ((Engine) engine).images();
    }

    private Container container(String name) {
        return ((Engine) engine).containers().find(name).orElseThrow();
    }

    @Test
    void aContainerWithoutTheBridgeItAskedForIsWarnedOf() throws IOException {
        assertThat(create("plain", "").path("Warnings").path(0).asString())
                .contains("no bridge network yet")
                .contains("--network host");
        assertThat(create("none", ",\"HostConfig\":{\"NetworkMode\":\"none\"}").path("Warnings"))
                .isEmpty();
    }

    /// Clients that make a container anew send the name as inspect tells it.
    @Test
    void aNameIsTheSameWithItsSlash() throws IOException {
        String id = create("/web", "").path("Id").asString();
        assertThat(container("web").id()).hasToString(id);
        assertThat(client.json("GET /v1.51/containers//web/json").path("Id").asString())
                .isEqualTo(id);
        assertThat(client.answer("POST /v1.51/containers/%2Fweb/rename?name=/web-old"))
                .startsWith("HTTP/1.1 204 ");
        assertThat(container("web-old").id()).hasToString(id);
        assertThat(client.answer("POST /v1.51/containers/web-old/rename?name=//web"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(client.answer("DELETE /v1.51/containers//web-old")).startsWith("HTTP/1.1 204 ");
    }

    /// As clients with fixed shapes (bollard's before 0.18) want it.
    @Test
    void statsHaveEachFieldThatDockersHave() throws IOException {
        create("web", "");
        client.answer("POST /v1.51/containers/web/start");
        JsonNode stats = client.answer("GET /v1.51/containers/web/stats?stream=0&one-shot=1")
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(Json::read)
                .findFirst()
                .orElseThrow();
        for (String times : List.of("cpu_stats", "precpu_stats")) {
            assertThat(stats.path(times).path("cpu_usage").propertyNames())
                    .contains("total_usage", "usage_in_kernelmode", "usage_in_usermode");
            assertThat(stats.path(times).path("throttling_data").propertyNames())
                    .contains("periods", "throttled_periods", "throttled_time");
        }
        assertThat(stats.path("storage_stats").isObject()).isTrue();
        assertThat(stats.path("memory_stats").has("stats")).isFalse();
        stats.path("networks")
                .forEach(network -> assertThat(network.propertyNames())
                        .contains(
                                "rx_bytes",
                                "rx_packets",
                                "rx_errors",
                                "rx_dropped",
                                "tx_bytes",
                                "tx_packets",
                                "tx_errors",
                                "tx_dropped"));
    }

    /// The use of the disk of clients before 1.44 is reckoned from it.
    @Test
    void anImagesSizeIsToldByItsOldNameToo() throws IOException {
        JsonNode listed = client.json("GET /v1.43/images/json").path(0);
        assertThat(listed.path("VirtualSize").asLong())
                .isPositive()
                .isEqualTo(listed.path("Size").asLong());
        JsonNode image = client.json("GET /v1.43/images/" + FakeEngine.STARTER + "/json");
        assertThat(image.path("VirtualSize").asLong())
                .isEqualTo(listed.path("Size").asLong());
        JsonNode used = client.json("GET /v1.43/system/df").path("Images").path(0);
        assertThat(used.path("VirtualSize").asLong())
                .isEqualTo(listed.path("Size").asLong());
    }

    private List<String> listed(String filters) throws IOException {
        return client.json("GET /v1.51/containers/json?all=1&filters=" + RawClient.encoded(filters))
                .valueStream()
                .map(row -> row.path("Names").path(0).asString())
                .toList();
    }

    @Test
    void namesAreFilteredByExpressionsWithAndWithoutTheirSlash() throws IOException {
        for (String name : List.of("web", "web-2", "db")) {
            create(name, "");
        }
        assertThat(listed("{\"name\":[\"^web$\"]}")).containsExactly("/web");
        assertThat(listed("{\"name\":[\"^/web$\"]}")).containsExactly("/web");
        assertThat(listed("{\"name\":[\"web\"]}")).containsExactlyInAnyOrder("/web", "/web-2");
        assertThat(listed("{\"name\":[\"^d\",\"2$\"]}")).containsExactlyInAnyOrder("/db", "/web-2");
        assertThat(client.answer("GET /v1.51/containers/json?filters=" + RawClient.encoded("{\"name\":[\"(\"]}")))
                .startsWith("HTTP/1.1 400 ")
                .contains("is not valid");
    }

    private static final String USR1 =
            ",\"Cmd\":[\"sh\",\"-c\"," + "\"trap 'exit 7' USR1; echo ready; while :; do sleep 0.05; done\"]";

    private void awaitState(String name, ContainerStatus status) throws InterruptedException {
        while (container(name).status() != status) {
            Thread.sleep(10);
        }
    }

    @Test
    void aStopSendsTheSignalItIsAskedFor() throws Exception {
        create("web", USR1);
        assertThat(client.answer("POST /v1.51/containers/web/start")).contains(" 204 ");
        awaitLog("web", "ready");
        assertThat(client.answer("POST /v1.51/containers/web/stop?signal=NONE")).contains(" 400 ");
        assertThat(client.answer("POST /v1.51/containers/web/stop?signal=SIGUSR1&t=30"))
                .contains(" 204 ");
        assertThat(container("web").state())
                .isInstanceOfSatisfying(
                        ContainerState.Exited.class,
                        exited -> assertThat(exited.code()).isEqualTo(7));
    }

    private void awaitLog(String name, String text) throws Exception {
        while (!client.answer("GET /v1.51/containers/" + name + "/logs?stdout=1")
                .contains(text)) {
            Thread.sleep(10);
        }
    }

    private void run(String name, String command) throws Exception {
        create(name, ",\"Cmd\":[\"sh\",\"-c\",\"" + command + "\"]");
        client.answer("POST /v1.51/containers/" + name + "/start");
        awaitState(name, ContainerStatus.EXITED);
    }

    @Test
    void aLogEndsAtTheTimeAskedFor() throws Exception {
        run("web", "echo one");
        String logs = "GET /v1.51/containers/web/logs?stdout=1";
        assertThat(client.answer(logs + "&until=1000")).contains(" 200 ").doesNotContain("one");
        assertThat(client.answer(logs + "&follow=1&until=1000")).doesNotContain("one");
        assertThat(client.answer(logs + "&until=" + Instant.now().plusSeconds(60)))
                .contains("one");
        assertThat(client.answer(logs + "&until=x")).contains(" 400 ");
    }

    @Test
    void aFollowedLogEndsAtTheTimeAskedFor() throws Exception {
        create("web", USR1);
        client.answer("POST /v1.51/containers/web/start");
        awaitLog("web", "ready");
        assertThat(client.answer("GET /v1.51/containers/web/logs?stdout=1&follow=1&until="
                        + Instant.now().plusMillis(500)))
                .contains("ready");
        assertThat(container("web").status()).isEqualTo(ContainerStatus.RUNNING);
    }

    @Test
    void timesAndDetailsOfALogAreAsDockerWritesThem() throws Exception {
        run("web", "echo one");
        assertThat(client.answer("GET /v1.51/containers/web/logs?stdout=1&timestamps=1&details=1"))
                .containsPattern("T\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z  one");
    }

    @Test
    void sizesAreToldWhenAskedFor() throws IOException {
        create("web", "");
        assertThat(client.json("GET /v1.51/containers/json?all=1").path(0).has("SizeRw"))
                .isFalse();
        JsonNode row = client.json("GET /v1.51/containers/json?all=1&size=1").path(0);
        assertThat(row.path("SizeRw").isNumber()).isTrue();
        assertThat(row.path("SizeRootFs").asLong())
                .isGreaterThan(row.path("SizeRw").asLong());
        assertThat(client.json("GET /v1.51/containers/web/json?size=1").path("SizeRootFs"))
                .isEqualTo(row.path("SizeRootFs"));
        assertThat(client.json("GET /v1.51/containers/web/json").has("SizeRw")).isFalse();
    }

    @Test
    void aListTellsTheNetworkAndTheImagesLabels() throws IOException {
        engine.addImage(
                "labelled:1",
                new ImageConfig(
                        List.of(),
                        List.of("true"),
                        List.of(),
                        "",
                        "",
                        "",
                        List.of(),
                        List.of(),
                        Map.of("of", "image", "both", "image")),
                1);
        client.json(
                "POST /v1.51/containers/create?name=web",
                "{\"Image\":\"labelled:1\",\"Labels\":{\"both\":\"own\"},\"HostConfig\":{\"NetworkMode\":\"host\"}}");
        create("other", "");
        JsonNode row = client.json(
                        "GET /v1.51/containers/json?all=1&filters=" + RawClient.encoded("{\"label\":[\"of=image\"]}"))
                .path(0);
        assertThat(row.path("Names").path(0).asString()).isEqualTo("/web");
        assertThat(row.path("Labels").path("both").asString()).isEqualTo("own");
        assertThat(row.path("HostConfig").path("NetworkMode").asString()).isEqualTo("host");
        assertThat(row.path("NetworkSettings")
                        .path("Networks")
                        .path("host")
                        .path("IPAddress")
                        .asString())
                .isEmpty();
        assertThat(listed("{\"label\":[\"both=image\"]}")).isEmpty();
        assertThat(listed("{\"label\":[\"of\"]}")).containsExactly("/web");
    }

    @Test
    void aDeadContainerIsNotWaitedFor() throws IOException {
        create("web", "");
        engine.failNext("remove", new FailedException("remove", "container web", "it is busy", ""));
        assertThat(client.answer("DELETE /v1.51/containers/web")).contains(" 500 ");
        assertThat(container("web").status()).isEqualTo(ContainerStatus.DEAD);
        assertThat(client.answer("POST /v1.51/containers/web/wait")).contains("\"StatusCode\":0");
    }

    private String shownImage(String name) throws IOException {
        return client.json("GET /v1.51/containers/json?all=1&filters="
                        + RawClient.encoded("{\"name\":[\"^/" + name + "$\"]}"))
                .path(0)
                .path("Image")
                .asString();
    }

    private void createOf(String image, String name) throws IOException {
        client.json("POST /v1.51/containers/create?name=" + name, "{\"Image\":\"" + image + "\"}");
    }

    @Test
    void aListShowsTheNameAnImageWasAskedForBy() throws IOException {
        Image image = images().find(FakeEngine.STARTER).orElseThrow();
        images().tag(image.id(), ImageReference.parse("app:prod"));
        images().tag(image.id(), ImageReference.parse("zebra:latest"));
        String prefix = image.id().digest().hex().substring(0, 12);
        createOf(FakeEngine.STARTER, "one");
        createOf("zebra", "two");
        createOf(prefix, "three");
        assertThat(shownImage("one")).isEqualTo(FakeEngine.STARTER);
        assertThat(shownImage("two")).isEqualTo("zebra");
        assertThat(shownImage("three")).isEqualTo(prefix);
        assertThat(container("one").imageName()).isEqualTo(FakeEngine.STARTER);
        assertThat(container("two").imageName()).isEqualTo("zebra:latest");
        assertThat(container("three").imageName()).isEqualTo(FakeEngine.STARTER);
    }

    @Test
    void aNameThatMeansAnotherImageNowIsNotShown() throws IOException {
        Image image = images().find(FakeEngine.STARTER).orElseThrow();
        images().tag(image.id(), ImageReference.parse("app:prod"));
        createOf("app:prod", "web");
        engine.addImage("other:1", FakeEngine.STARTER_CONFIG, 1);
        images().tag(images().find("other:1").orElseThrow().id(), ImageReference.parse("app:prod"));
        assertThat(shownImage("web")).isEqualTo(image.id().toString());
        images().untag(ImageReference.parse("app:prod"));
        assertThat(shownImage("web")).isEqualTo(image.id().toString());
        images().tag(image.id(), ImageReference.parse("app:prod"));
        assertThat(shownImage("web")).isEqualTo("app:prod");
    }

    @Test
    void aRestartOfOneThatNeverRanStartsIt() throws IOException {
        create("web", USR1);
        assertThat(client.answer("POST /v1.51/containers/web/restart")).contains(" 204 ");
        assertThat(container("web").status()).isEqualTo(ContainerStatus.RUNNING);
        assertThat(container("web").runs()).isEqualTo(1);
    }

    @Test
    void processesAreThoseOfOneThatRuns() throws Exception {
        create("web", USR1);
        assertThat(client.answer("GET /v1.51/containers/web/top"))
                .contains(" 409 ")
                .contains("container web is not running");
        assertThat(client.answer("GET /v1.51/containers/no/top")).contains(" 404 ");
        client.answer("POST /v1.51/containers/web/start");
        JsonNode table = client.json("GET /v1.51/containers/web/top");
        assertThat(table.path("Titles").size()).isEqualTo(8);
        assertThat(table.path("Processes").isArray()).isTrue();
        assertThat(client.answer("GET /v1.51/containers/web/top?ps_args=" + RawClient.encoded("$(id)")))
                .contains(" 400 ");
    }

    @Test
    void anEmptyEntrypointRunsTheCommandAlone() throws IOException {
        create("web", ",\"Entrypoint\":[\"\"],\"Cmd\":[\"ls\",\"-l\"]");
        assertThat(container("web").arguments()).containsExactly("ls", "-l");
    }
}
