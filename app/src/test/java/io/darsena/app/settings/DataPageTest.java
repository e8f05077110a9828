package io.darsena.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
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

    @Test
    void theFoldersOfTheEngineAreMeasuredEach() throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.createDirectories(config.resolve("keys"));
        Files.write(config.resolve("keys/signer.pem"), new byte[2000]);
        Files.write(config.resolve("engine.json"), new byte[400_000]);
        Path run = Files.createDirectories(folder.resolve("run"));
        Files.createDirectories(run.resolve("c"));
        Files.write(run.resolve("c/state"), new byte[500_000]);
        EngineDescription here = new EngineDescription(
                "0.1.0",
                "6.18.0",
                EngineDescription.Tier.ROOTFUL,
                EngineDescription.CgroupMode.V2,
                Files.createDirectories(folder.resolve("data")),
                Optional.of(config),
                Optional.of(run),
                List.of());
        try (WindowOnFakeEngine window = new WindowOnFakeEngine(
                new FakeEngine(here, Duration.ofSeconds(1)), folder.resolve("window.properties"), Locale.ENGLISH)) {
            ToolkitStart.onFxThread(() -> {
                window.window().context().navigation().showSettings(SettingsPage.DATA.word());
                return true;
            });
            window.until(() -> amounts(window, "#sizes-config").equals(List.of("400 KB", "2.0 KB")));
            window.until(() -> amounts(window, "#sizes-run").equals(List.of("500 KB")));
            window.until(() -> window.says(text -> text.startsWith("0\u00a0B in total. ")));
            assertThat(disks(window, "#sizes-engine"))
                    .as("the first on the disk")
                    .isEqualTo(1);
            assertThat(disks(window, "#sizes-config") + disks(window, "#sizes-run"))
                    .isZero();
            assertThat(window.says("Engine settings"::equals)).isTrue();
            assertThat(window.says("Signing keys"::equals)).isTrue();
            assertThat(window.says(config.toString()::equals)).isTrue();
            assertThat(window.says(run.toString()::equals)).isTrue();
        }
    }

    /// How often it is said what is free on the disk.
    private static long disks(WindowOnFakeEngine window, String sizes) {
        return window.read(() -> window.node(sizes, Node.class).lookupAll(".label").stream()
                .filter(label -> ((Label) label).getText().contains("free on this disk"))
                .count());
    }

    private static List<String> amounts(WindowOnFakeEngine window, String sizes) {
        return window.read(() -> window.node(sizes, Node.class).lookupAll(".number").stream()
                .map(amount -> ((Label) amount).getText().replace('\u00a0', ' ').strip())
                .toList());
    }
}
