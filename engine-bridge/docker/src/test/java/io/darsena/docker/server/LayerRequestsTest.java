package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageId;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What anybody may ask of the layers of images and containers, byte by byte.
@Timeout(60)
final class LayerRequestsTest extends RequestsOnFake {

    private static final String PREFIX = "/darsena/v1";

    @SuppressWarnings("NullAway.Init")
    private ImageId image;

    @SuppressWarnings("NullAway.Init")
    private ContainerId container;

    @BeforeEach
    void make() {
        image = engine.addImage(
                "acme/two:1",
                FakeEngine.STARTER_CONFIG,
                List.of(FakeLayer.of("ADD", "f 700 srv/a"), FakeLayer.of("ADD", "f 900 srv/a")));
        Engine here = engine;
        container = here.containers().create(ContainerSpec.of("acme/two:1").withCommand(List.of("true")));
        engine.change(container, FakeLayer.of("", "f 10 srv/a"));
    }

    private String containers() {
        return PREFIX + "/containers/" + container;
    }

    private String images() {
        return PREFIX + "/images/" + RawClient.encoded(image.toString());
    }

    @Test
    void wasteIsThatOfAllLayersUpToOneOrWithTheContainersOwn() throws Exception {
        assertThat(bytes(images() + "/waste")).isEqualTo(700);
        assertThat(bytes(images() + "/waste?layer=1")).isZero();
        JsonNode waste = client.json("GET " + containers() + "/waste");
        assertThat(waste.path("bytes").asLong()).isEqualTo(700 + 900);
        assertThat(waste.path("hidden").get(0).path("hiddenBy").asInt()).isEqualTo(3);
    }

    private long bytes(String target) throws IOException {
        return client.json("GET " + target).path("bytes").asLong();
    }

    @Test
    void duplicatesOfAContainerAreLookedForWithProgress() throws Exception {
        String answer = client.answer("GET " + containers() + "/duplicates");
        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"progress\"", "\"groups\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "DFT", "a tree of no kind, and longer than its head"})
    void filesOfAContainerThatAreNoneAreRefused(String body) throws Exception {
        String target = containers() + "/contents?before=" + RawClient.encoded(image.toString());
        assertThat(client.answer("POST " + target, body)).startsWith("HTTP/1.1 400");
    }

    @Test
    void whatIsNotThereIsNotCompared() throws Exception {
        assertThat(client.answer("GET " + images() + "/contents")).startsWith("HTTP/1.1 400");
        assertThat(client.answer("GET " + images() + "/contents?before=none:1")).startsWith("HTTP/1.1 404");
        assertThat(client.answer("GET " + images() + "/contents?layer=x&before=acme/two:1"))
                .startsWith("HTTP/1.1 400");
        assertThat(client.answer("GET " + images() + "/contents?layer=9&before=acme/two:1"))
                .contains("there is no such layer");
        assertThat(client.answer("GET " + PREFIX + "/containers/" + "0".repeat(64) + "/waste"))
                .startsWith("HTTP/1.1 404");
        assertThat(client.answer("GET " + containers() + "/contents?before=acme/two:1"))
                .as("without its files")
                .doesNotStartWith("HTTP/1.1 200");
    }
}
