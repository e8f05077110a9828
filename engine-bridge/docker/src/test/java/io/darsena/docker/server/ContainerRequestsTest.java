package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.fake.FakeEngine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the routes of containers answer, byte by byte.
@Timeout(60)
final class ContainerRequestsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final FakeEngine engine = new FakeEngine();

    @SuppressWarnings("NullAway.Init")
    private DockerApiServer server;

    @SuppressWarnings("NullAway.Init")
    private RawClient client;

    @BeforeEach
    void serve() throws IOException {
        server = DockerApiServer.open(engine, directory.resolve("s"), directory.resolve("uploads"));
        client = new RawClient(directory.resolve("s"));
    }

    @AfterEach
    void close() {
        server.close();
        engine.close();
    }

    private JsonNode create(String name, String fields) throws IOException {
        String body = "{\"Image\":\"" + FakeEngine.STARTER + "\"" + fields + "}";
        return client.json("POST /v1.51/containers/create?name=" + name, body);
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

    @Test
    void anEmptyEntrypointRunsTheCommandAlone() throws IOException {
        create("web", ",\"Entrypoint\":[\"\"],\"Cmd\":[\"ls\",\"-l\"]");
        assertThat(container("web").arguments()).containsExactly("ls", "-l");
    }
}
