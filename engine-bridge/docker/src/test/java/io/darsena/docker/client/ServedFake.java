package io.darsena.docker.client;

import io.darsena.bridge.fake.FakeEngine;
import io.darsena.docker.server.DockerApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The engine in memory behind a socket, closed after the test and all that it closes itself.
final class ServedFake implements AfterEachCallback {

    private final FakeEngine fake;
    private Optional<DockerApiServer> server = Optional.empty();

    ServedFake(FakeEngine fake) {
        this.fake = fake;
    }

    FakeEngine fake() {
        return fake;
    }

    RemoteDockerEngine open(Path directory) throws IOException {
        serve(directory);
        return RemoteDockerEngine.connect(directory.resolve("docker.sock"));
    }

    void serve(Path directory) throws IOException {
        server =
                Optional.of(DockerApiServer.open(fake, directory.resolve("docker.sock"), directory.resolve("uploads")));
    }

    void end() {
        server.ifPresent(DockerApiServer::close);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end();
        fake.close();
    }
}
