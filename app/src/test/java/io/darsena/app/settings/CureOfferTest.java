package io.darsena.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.fake.FakeEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Running a cure as root from the window, with a program in the place of `pkexec`.
@Timeout(90)
class CureOfferTest {

    private static final String DONE =
            "Done. It takes effect when Darsena starts again; you may have to log out and in first.";

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(new FakeEngine(), folder.resolve("window"), Locale.ENGLISH);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private void offer(Optional<RootCommand> asRoot) {
        ToolkitStart.doing(() -> {
            Stage stage = new Stage();
            stage.setScene(new Scene(
                    new CureOffer(window.window().context(), "single-uid", "sudo usermod …", asRoot), 600, 400));
            stage.show();
        });
    }

    private RootCommand pkexec(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("pkexec"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new RootCommand(new DesktopProgram(file), List.of("usermod", "ada"));
    }

    private void pressTheButton() {
        Button run = window.node("#cure-single-uid", Button.class);
        assertThat(run.getAccessibleText()).isEqualTo("Run as administrator… usermod ada");
        ToolkitStart.doing(() -> {
            run.getScene().getWindow().requestFocus();
            run.requestFocus();
        });
        window.robot().press(KeyCode.SPACE).release(KeyCode.SPACE);
    }

    @Test
    void whatSucceededIsTold() throws Exception {
        Path mark = folder.resolve("mark");
        offer(Optional.of(pkexec("printf %s \"$*\" >" + mark)));
        assertThat(window.says(DONE::equals)).isFalse();
        pressTheButton();
        window.until(() -> window.says(DONE::equals));
        assertThat(mark).hasContent("usermod ada");
    }

    @Test
    void aRefusalIsToldWithWhatElseHelps() throws Exception {
        offer(Optional.of(pkexec("echo Request dismissed; exit 126")));
        pressTheButton();
        window.until(() -> window.says("Cannot change this machine's settings"::equals)
                && window.says(text -> text.startsWith("Request dismissed")));
        assertThat(window.says(DONE::equals)).isFalse();
    }

    @Test
    void withoutPolkitThereIsTheCommandToCopyAlone() {
        offer(Optional.empty());
        window.until(() -> window.says("sudo usermod …"::equals));
        assertThat(window.says("Run as administrator…"::equals)).isFalse();
    }
}
