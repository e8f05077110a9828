package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.darsena.bridge.fake.FakeEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Options of the real docker command that mean something else, or nothing, to whoever does not know Docker's ways.
final class DockerCommandOptionsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final FakeEngine engine = new FakeEngine();

    @SuppressWarnings("NullAway.Init")
    private DockerApiServer server;

    @SuppressWarnings("NullAway.Init")
    private DockerCommand docker;

    @BeforeEach
    void serve() throws IOException {
        Optional<Path> executable = DockerCommand.find();
        assumeTrue(executable.isPresent(), "the docker command is not installed");
        Path socket = directory.resolve("docker.sock");
        server = DockerApiServer.open(engine, socket, directory.resolve("uploads"));
        docker = new DockerCommand(executable.orElseThrow(), socket, directory);
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
        engine.close();
    }

    private String ok(String... arguments) {
        DockerCommand.Outcome outcome = docker.run(arguments);
        assertThat(outcome.status()).as(outcome.stderr()).isZero();
        return outcome.stdout().strip();
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
    void aPlainRunSaysThatItHasNoNetwork() {
        DockerCommand.Outcome plain = docker.run("run", "--rm", FakeEngine.STARTER, "true");
        assertThat(plain.status()).isZero();
        assertThat(plain.stderr()).contains("WARNING").contains("no bridge network yet");
        assertThat(docker.run("run", "--rm", "--network", "host", FakeEngine.STARTER, "true")
                        .stderr())
                .isEmpty();
    }
}
