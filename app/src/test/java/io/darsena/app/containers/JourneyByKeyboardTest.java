package io.darsena.app.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The main job from its first key to its last: nothing here touches the mouse, and nothing puts the focus anywhere.
@Timeout(90)
class JourneyByKeyboardTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(100)), folder.resolve("window"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused());
    }

    @AfterEach
    void close() {
        window.close();
    }

    private void press(KeyCode... keys) {
        List<KeyCode> release = new ArrayList<>(List.of(keys));
        Collections.reverse(release);
        window.robot().press(keys).release(release.toArray(new KeyCode[0]));
    }

    private boolean hasKeyboard(String id) {
        Node owner = window.scene().getFocusOwner();
        return owner != null && id.equals(owner.getId());
    }

    private void becomes(ContainerStatus wanted) {
        window.until(() -> {
            List<Container> all =
                    List.copyOf(window.window().context().session().containers().values());
            return all.size() == 1
                    && all.getFirst().status() == wanted
                    && all.getFirst().activity().isEmpty();
        });
    }

    private String chosenTab() {
        return window.read(() -> window.node("#tabs", TabPane.class)
                .getSelectionModel()
                .getSelectedItem()
                .getText());
    }

    @Test
    void runLookPauseResumeStopRemoveUndo() {
        Engine engine = window.engine();
        press(KeyCode.CONTROL, KeyCode.N);
        window.until(() -> hasKeyboard("name"));
        window.robot().write("web-1");
        press(KeyCode.ENTER);
        becomes(ContainerStatus.RUNNING);

        window.until(() -> !window.list().getSelectionModel().isEmpty());
        window.until(() -> window.list().isFocused());
        window.until(() -> window.says("Follow"::equals));
        assertThat(chosenTab()).isEqualTo("Logs");
        press(KeyCode.ENTER);
        window.until(() -> window.scene().getFocusOwner() instanceof TabPane);
        press(KeyCode.LEFT);
        window.until(() -> window.says("Life of web-1"::equals));
        press(KeyCode.RIGHT);
        press(KeyCode.RIGHT);
        window.until(() -> chosenTab().equals("Files") && window.says("Nothing changed yet"::equals));
        press(KeyCode.RIGHT);
        window.until(() -> chosenTab().equals("Waste") && window.says("Look for duplicates"::equals));
        press(KeyCode.RIGHT);
        window.until(() -> chosenTab().equals("Packages") && window.says("No package database found"::equals));
        press(KeyCode.RIGHT);
        window.until(() -> chosenTab().equals("Stats") && window.says("Network"::equals));
        press(KeyCode.RIGHT);
        window.until(() -> chosenTab().equals("Inspect")
                && window.node(".json-tree", Node.class).isVisible());
        press(KeyCode.F6);
        while (!window.read(() -> window.list().isFocused())) {
            press(KeyCode.F6);
        }

        press(KeyCode.CONTROL, KeyCode.P);
        becomes(ContainerStatus.PAUSED);
        press(KeyCode.CONTROL, KeyCode.P);
        becomes(ContainerStatus.RUNNING);
        press(KeyCode.CONTROL, KeyCode.SPACE);
        becomes(ContainerStatus.EXITED);
        press(KeyCode.DELETE);
        window.until(() -> window.says("Moved to the trash"::equals) && window.says("No containers yet"::equals));
        assertThat(engine.trash().list()).hasSize(1);
        press(KeyCode.CONTROL, KeyCode.Z);
        becomes(ContainerStatus.EXITED);
        assertThat(engine.trash().list()).isEmpty();
        window.until(() -> window.says("web-1"::equals) && !window.says("Moved to the trash"::equals));

        window.until(() -> window.list().isFocused());
        press(KeyCode.DOWN);
        press(KeyCode.CONTROL, KeyCode.SPACE);
        becomes(ContainerStatus.RUNNING);
    }
}
