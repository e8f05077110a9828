package io.darsena.app.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.image.ImageId;
import io.darsena.launch.EngineLauncher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that is dragged with the mouse from another window onto the application's, on a display server of the test's
/// own: what JavaFX's headless platform cannot do.
class RealDropIT {

    private static final Path XVFB = Path.of("/usr/bin/Xvfb");

    @TempDir
    private Path home;

    @Test
    void aFileDraggedFromAnotherWindowBecomesAnImage() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(XVFB), "Xvfb is not installed");
        Path root = home.resolve("root");
        ImageId starter = removeStarter(root);
        Path archive = home.resolve("starter.tar");
        try (InputStream embedded = Objects.requireNonNull(
                EngineLauncher.class.getResourceAsStream("/io/darsena/engine/starter/starter.oci.tar"))) {
            Files.copy(embedded, archive);
        }
        Process server = new ProcessBuilder(
                        XVFB.toString(), "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            Application application = new Application(home, Map.of("DISPLAY", ":" + displayNumber(server)));
            Process process = application.start("-Dglass.platform=gtk", List.of("drop", archive.toString()));
            try {
                assertThat(application.told(process)).as("while it hovered").containsExactly("told");
            } finally {
                process.destroy();
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            }
        } finally {
            server.destroy();
            server.waitFor();
        }
        try (Engine engine = EngineLauncher.open(Optional.of(root))) {
            assertThat(engine.images().find(starter.toString())).isPresent();
            engine.images().remove(starter);
        }
    }

    private static ImageId removeStarter(Path root) {
        try (Engine engine = EngineLauncher.open(Optional.of(root))) {
            ImageId id = engine.images().list().getFirst().id();
            engine.images().remove(id);
            return id;
        }
    }

    private static String displayNumber(Process server) throws IOException {
        BufferedReader said = server.inputReader();
        return Objects.requireNonNull(said.readLine(), "Xvfb did not start");
    }
}
