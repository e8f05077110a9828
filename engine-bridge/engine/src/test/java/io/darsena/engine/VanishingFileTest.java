package io.darsena.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.FilePath;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.simulated.SimulatedImage;
import io.darsena.engine.simulated.SimulatedMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What was chosen to be committed goes before it is taken.
@Timeout(60)
class VanishingFileTest {

    @TempDir
    Path temporary;

    @Test
    void aChosenFileThatGoesMeanwhileIsAConflictWithTheRemedy() throws Exception {
        EnginePaths paths = EnginePaths.under(temporary.resolve("root"));
        SimulatedMachine machine = new SimulatedMachine();
        try (Engine engine = InProcessEngine.openWithoutStarter(paths, machine)) {
            SimulatedImage.importInto(engine, temporary.resolve("image"));
            ContainerId id = engine.containers().create(ContainerSpec.of(SimulatedImage.NAME));
            Path file = Files.createDirectories(paths.containerUpper(id).resolve("made"))
                    .resolve("file");
            Files.writeString(file, "here");
            int images = engine.images().list().size();
            machine.beforeArchive(() -> remove(file));
            Commit commit =
                    new Commit(Optional.empty(), "", "", Optional.empty(), List.of(FilePath.of("made/file")), false);
            assertThatThrownBy(() -> engine.layers().commit(id, commit))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("/made/file of container")
                    .hasMessageContaining("commit again");
            assertThat(engine.images().list()).hasSize(images);
        }
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
