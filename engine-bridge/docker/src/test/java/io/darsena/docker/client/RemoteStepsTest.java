package io.darsena.docker.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.DockerfileLines;
import io.darsena.bridge.layer.LayerStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The steps of an image through the socket.
class RemoteStepsTest {

    private static final ImageConfig CONFIG =
            new ImageConfig(List.of(), List.of("site"), List.of(), "", "", "", List.of(), List.of(), Map.of());

    @RegisterExtension
    final ServedFake served = new ServedFake(new FakeEngine());

    @TempDir
    Path directory;

    @Test
    void theLinesOfTheDockerfileTravelWithTheSteps() throws Exception {
        DockerfileLines lines = new DockerfileLines("web/Dockerfile", 3, 4, "RUN \"ü\" \\\n\ttrue", true);
        ImageId image = served.fake()
                .addImage(
                        "site:1",
                        CONFIG,
                        List.of(FakeLayer.of("RUN true", "f 1 a").at(lines), FakeLayer.of("COPY b /", "f 1 b")));
        try (RemoteDockerEngine engine = served.open(directory)) {
            assertThat(engine.layers().steps(image))
                    .extracting(LayerStep::lines)
                    .containsExactly(Optional.of(lines), Optional.empty());
        }
    }
}
