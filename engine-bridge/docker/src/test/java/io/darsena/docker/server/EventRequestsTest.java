package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.ImageReference;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// What is told of events that are over.
@Timeout(60)
final class EventRequestsTest extends RequestsOnFake {

    private void makeAndRemove(String name) throws IOException {
        client.answer(
                "POST /v1.51/containers/create?name=" + name,
                "{\"Image\":\"" + FakeEngine.STARTER + "\",\"Labels\":{\"tier\":\"front\"}}");
        client.answer("DELETE /v1.51/containers/" + name);
    }

    private List<JsonNode> events(String query) throws IOException {
        String answer = client.answer("GET /v1.51/events?" + query);
        return answer.lines()
                .filter(line -> line.startsWith("{"))
                .map(Json::read)
                .toList();
    }

    /// The engine tells its subscribers a moment later.
    private List<JsonNode> past(Instant since, int wanted) throws Exception {
        List<JsonNode> told = events("since=" + since + "&until=" + Instant.now());
        while (told.size() < wanted) {
            Thread.sleep(10);
            told = events("since=" + since + "&until=" + Instant.now());
        }
        return told;
    }

    @Test
    void whatIsRememberedOfThePastIsTold() throws Exception {
        Instant begun = Instant.now();
        makeAndRemove("web");
        List<JsonNode> told = past(begun, 2);
        assertThat(told.stream().map(event -> event.path("Action").asString())).containsExactly("create", "destroy");
        assertThat(events("since=" + Instant.now().plusSeconds(5) + "&until=" + Instant.now()))
                .isEmpty();
        assertThat(events("until=" + Instant.now())).isEmpty();
        assertThat(events("since=" + begun + "&until=" + begun.minusSeconds(1))).isEmpty();
    }

    @Test
    void aRemovalTellsTheImageAndTheLabelsOfWhatIsGone() throws Exception {
        Instant begun = Instant.now();
        makeAndRemove("web");
        JsonNode destroyed = past(begun, 2).getLast();
        JsonNode attributes = destroyed.path("Actor").path("Attributes");
        assertThat(attributes.path("name").asString()).isEqualTo("web");
        assertThat(attributes.path("image").asString()).isEqualTo(FakeEngine.STARTER);
        assertThat(attributes.path("tier").asString()).isEqualTo("front");
        assertThat(destroyed.path("from").asString()).isEqualTo(FakeEngine.STARTER);
    }

    /// Of those that are deaths.
    private List<String> exitCodes(Instant since, int wanted) throws Exception {
        List<String> codes = List.of();
        while (codes.size() < wanted) {
            Thread.sleep(10);
            codes = events("since=" + since + "&until=" + Instant.now()).stream()
                    .filter(event -> event.path("Action").asString().equals("die"))
                    .map(event -> event.path("Actor")
                            .path("Attributes")
                            .path("exitCode")
                            .asString())
                    .toList();
        }
        return codes;
    }

    @Test
    void aDeathTellsItsExitCodeWhateverComesAfterIt() throws Exception {
        Instant begun = Instant.now();
        client.answer(
                "POST /v1.51/containers/create?name=web",
                "{\"Image\":\"" + FakeEngine.STARTER + "\",\"Cmd\":[\"sh\",\"-c\","
                        + "\"trap 'exit 4' TERM; echo ready; while :; do sleep 0.05; done\"]}");
        client.answer("POST /v1.51/containers/web/start");
        while (!client.answer("GET /v1.51/containers/web/logs?stdout=1").contains("ready")) {
            Thread.sleep(10);
        }
        client.answer("POST /v1.51/containers/web/restart");
        client.answer("DELETE /v1.51/containers/web?force=1");
        assertThat(exitCodes(begun, 2)).containsExactly("4", "137");
    }

    @Test
    void anEventNamesTheImageAsItWasAskedFor() throws Exception {
        Instant begun = Instant.now();
        ((Engine) engine)
                .images()
                .tag(
                        ((Engine) engine)
                                .images()
                                .find(FakeEngine.STARTER)
                                .orElseThrow()
                                .id(),
                        ImageReference.parse("zebra:latest"));
        client.answer("POST /v1.51/containers/create?name=web", "{\"Image\":\"zebra\"}");
        client.answer("DELETE /v1.51/containers/web");
        assertThat(past(begun, 3).stream()
                        .filter(event -> event.path("Type").asString().equals("container"))
                        .map(event -> event.path("Actor")
                                .path("Attributes")
                                .path("image")
                                .asString()))
                .containsExactly("zebra", "zebra");
    }

    @Test
    void anImageIsNamedWithItsTagOrWithout() throws Exception {
        Instant begun = Instant.now();
        makeAndRemove("web");
        past(begun, 2);
        String repository = FakeEngine.STARTER.substring(0, FakeEngine.STARTER.lastIndexOf(':'));
        assertThat(filtered(begun, "image", FakeEngine.STARTER)).containsExactly("create", "destroy");
        assertThat(filtered(begun, "image", repository)).containsExactly("create", "destroy");
        assertThat(filtered(begun, "image", "other")).isEmpty();
    }

    @Test
    void whatDockerHasAndDarsenaHasNotHappensNever() throws Exception {
        Instant begun = Instant.now();
        makeAndRemove("web");
        past(begun, 2);
        for (String absent : List.of("network", "volume", "plugin", "node", "service", "secret", "config", "daemon")) {
            assertThat(filtered(begun, absent, "web")).as(absent).isEmpty();
        }
        assertThat(filtered(begun, "scope", "local")).containsExactly("create", "destroy");
        assertThat(filtered(begun, "scope", "swarm")).isEmpty();
        assertThat(client.answer("GET /v1.51/events?filters=" + RawClient.encoded("{\"nonsense\":[\"x\"]}")))
                .startsWith("HTTP/1.1 400 ");
    }

    private List<String> filtered(Instant since, String filter, String value) throws IOException {
        String filters = RawClient.encoded("{\"" + filter + "\":[\"" + value + "\"]}");
        return events("since=" + since + "&until=" + Instant.now() + "&filters=" + filters).stream()
                .map(event -> event.path("Action").asString())
                .toList();
    }

    @Test
    void onlySoManyAreRemembered() throws Exception {
        Instant begun = Instant.now();
        for (int round = 0; round <= EventLog.REMEMBERED / 2; round++) {
            makeAndRemove("web-" + round);
        }
        String last = "web-" + EventLog.REMEMBERED / 2;
        List<JsonNode> told = past(begun, EventLog.REMEMBERED);
        while (!name(told.getLast()).equals(last)) {
            told = past(begun, EventLog.REMEMBERED);
        }
        assertThat(told).hasSize(EventLog.REMEMBERED);
        assertThat(name(told.getFirst())).isNotEqualTo("web-0");
    }

    private static String name(JsonNode event) {
        return event.path("Actor").path("Attributes").path("name").asString();
    }
}
