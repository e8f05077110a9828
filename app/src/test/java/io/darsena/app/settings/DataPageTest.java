package io.darsena.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javafx.scene.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class DataPageTest {

    @TempDir
    private Path folder;

    @Test
    void theFolderOfTheWindowIsMeasuredWithItsLog() throws Exception {
        Files.write(folder.resolve("darsena.log"), new byte[300_000]);
        try (WindowOnFakeEngine window =
                new WindowOnFakeEngine(new FakeEngine(), folder.resolve("window.properties"), Locale.ENGLISH)) {
            ToolkitStart.onFxThread(() -> {
                window.window().context().navigation().showSettings(SettingsPage.DATA.word());
                return true;
            });
            window.until(() -> window.says("Darsena’s own log"::equals));
            assertThat(window.node("#sizes-window", Node.class)).isNotNull();
            assertThat(window.says(text -> text.startsWith("30") && text.endsWith("KB")))
                    .isTrue();
        }
    }
}
