package io.darsena.docker.server;

import io.darsena.bridge.fake.FakeEngine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Requests, byte by byte, to a server in front of the engine in memory.
abstract class RequestsOnFake {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    final FakeEngine engine = new FakeEngine();

    @SuppressWarnings("NullAway.Init")
    private DockerApiServer server;

    @SuppressWarnings("NullAway.Init")
    RawClient client;

    @BeforeEach
    final void serve() throws IOException {
        server = DockerApiServer.open(engine, directory.resolve("s"), directory.resolve("uploads"));
        client = new RawClient(directory.resolve("s"));
    }

    @AfterEach
    final void close() {
        server.close();
        engine.close();
    }
}
