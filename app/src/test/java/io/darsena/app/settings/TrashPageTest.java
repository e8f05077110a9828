package io.darsena.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.Section;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.trash.TrashPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// When the trash empties by itself, set in the window as a person does.
@Timeout(90)
class TrashPageTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(100)), folder.resolve("window"), Locale.ENGLISH);
        ToolkitStart.onFxThread(() -> {
            window.window().context().navigation().showSettings(SettingsPage.TRASH.word());
            return true;
        });
        window.node("#trash-days", TypedField.class);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private Engine engine() {
        return window.engine();
    }

    private void type(String field, String text) {
        TypedField typed = window.node(field, TypedField.class);
        ToolkitStart.onFxThread(() -> {
            typed.requestFocus();
            typed.selectAll();
            return true;
        });
        window.until(typed::isFocused);
        window.robot().write(text);
        window.until(() -> typed.getText().equals(text));
    }

    private void press(KeyCode key) {
        window.robot().press(key).release(key);
    }

    @Test
    void aNumberIsKeptWhenItIsTypedToTheEndAndNotOnTheWayThere() {
        type("#trash-days", "14");
        assertThat(engine().settings().trash()).isEqualTo(TrashPolicy.DEFAULT);
        press(KeyCode.ENTER);
        window.until(() -> engine().settings().trash().days().equals(OptionalInt.of(14)));
        type("#trash-free", "5 GB");
        press(KeyCode.TAB);
        window.until(() -> engine().settings().trash().freeBytes().equals(OptionalLong.of(5_000_000_000L)));
    }

    @Test
    void whatIsWrongIsToldAsItIsTyped() {
        type("#trash-days", "0");
        window.until(() -> window.says("A whole number from 1 to 3,650"::equals));
        press(KeyCode.ENTER);
        type("#trash-days", "9");
        window.until(() -> !window.says("A whole number from 1 to 3,650"::equals));
        assertThat(engine().settings().trash()).isEqualTo(TrashPolicy.DEFAULT);
    }

    @Test
    void aLimitThatIsNotTickedIsOffAndItsFieldWaits() {
        window.robot().clickOn(window.node("#trash-by-days", CheckBox.class));
        window.until(() -> engine().settings().trash().days().isEmpty());
        assertThat(window.node("#trash-days", TypedField.class).isDisabled()).isTrue();
        window.robot().clickOn(window.node("#trash-by-free", CheckBox.class));
        window.until(() -> engine().settings().trash().equals(TrashPolicy.NEVER));
        window.until(() -> window.says(words -> words.startsWith("The trash is emptied only by hand")));
        window.robot().clickOn(window.node("#trash-reset", Button.class));
        window.until(() -> engine().settings().trash().equals(TrashPolicy.DEFAULT));
    }

    @Test
    void theTrashIsOneClickAway() {
        window.robot().clickOn(window.node("#open-trash", Button.class));
        window.until(() -> window.window().context().navigation().section().get() == Section.TRASH);
    }
}
