package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.contract.ForeignProgram;
import io.darsena.bridge.fake.FakeEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The real docker command in front of an engine in memory.
abstract class DockerCommandOnFake {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    final FakeEngine engine;

    @SuppressWarnings("NullAway.Init")
    DockerApiServer server;

    @SuppressWarnings("NullAway.Init")
    DockerCommand docker;

    DockerCommandOnFake() {
        this(new FakeEngine());
    }

    DockerCommandOnFake(FakeEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    final void serve() throws IOException {
        Optional<Path> executable = DockerCommand.find();
        ForeignProgram.require("docker", executable.isPresent());
        Path socket = directory.resolve("docker.sock");
        server = DockerApiServer.open(engine, socket, directory.resolve("uploads"));
        docker = new DockerCommand(executable.orElseThrow(), socket, directory);
    }

    @AfterEach
    final void close() {
        if (server != null) {
            server.close();
        }
        engine.close();
    }

    /// What it prints when it ends well.
    final String ok(String... arguments) {
        DockerCommand.Outcome outcome = docker.run(arguments);
        assertThat(outcome.status()).as(outcome.stderr()).isZero();
        return outcome.stdout().strip();
    }
}
