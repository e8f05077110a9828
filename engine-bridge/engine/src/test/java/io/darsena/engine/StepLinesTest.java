package io.darsena.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.DockerfileLines;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.engine.image.AttestedImage;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.simulated.SimulatedMachine;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The steps of an image tell from which lines of a Dockerfile its layers came.
@Timeout(30)
class StepLinesTest {

    @TempDir
    Path temporary;

    private static Optional<DockerfileLines> line(int number, String text) {
        return Optional.of(new DockerfileLines("Dockerfile", number, number, text, false));
    }

    @Test
    void eachStepWithALayerTellsItsLines() {
        EnginePaths paths = EnginePaths.under(temporary.resolve("engine"));
        try (Engine engine = InProcessEngine.openWithoutStarter(paths, new SimulatedMachine())) {
            Path layout = AttestedImage.of(2).named("site:1").directory(temporary.resolve("layout"));
            ImageId image = engine.images().importFrom(layout, progress -> {}).getFirst();
            assertThat(engine.layers().steps(image))
                    .extracting(LayerStep::lines)
                    .containsExactly(line(1, "COPY a /"), line(2, "COPY b /"));
        }
    }
}
