package io.darsena.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.action.Action;
import io.darsena.app.action.KeyWords;
import io.darsena.app.action.Shortcut;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.theme.WindowMemory;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a person does with the window's keys, with the mouse left alone.
@Timeout(90)
class ShellKeysTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(200)), folder.resolve("window"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused());
    }

    @AfterEach
    void close() {
        window.close();
    }

    private WindowContext context() {
        return window.window().context();
    }

    private void press(KeyCode... keys) {
        List<KeyCode> release = new ArrayList<>(Arrays.asList(keys));
        Collections.reverse(release);
        window.robot().press(keys).release(release.toArray(new KeyCode[0]));
    }

    private boolean focused(String id) {
        Node owner = window.scene().getFocusOwner();
        return owner != null && id.equals(owner.getId());
    }

    private void openPalette() {
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
        window.until(() -> focused("palette-field"));
    }

    private void waitFor(ContainerId id, ContainerStatus wanted) {
        window.until(() -> {
            Container container = context().session().containers().get(id);
            return container != null
                    && container.status() == wanted
                    && container.activity().isEmpty();
        });
    }

    private void waitFor(Section section) {
        window.until(() -> context().navigation().section().get() == section);
    }

    @Test
    void thePaletteStartsAndStopsAContainerByAFewLetters() {
        ContainerId web = window.create("web-1");
        openPalette();
        window.robot().write("start web");
        press(KeyCode.ENTER);
        waitFor(web, ContainerStatus.RUNNING);
        openPalette();
        window.robot().write("stop web");
        press(KeyCode.ENTER);
        waitFor(web, ContainerStatus.EXITED);
    }

    @Test
    void thePaletteRenamesAContainer() {
        ContainerId web = window.create("web-1");
        openPalette();
        window.robot().write("rename web");
        press(KeyCode.ENTER);
        TextField name = window.node("#new-name", TextField.class);
        window.until(() -> {
            name.setText("shop");
            return name.isFocused();
        });
        Button rename = window.node(".dialog-pane .button.primary", Button.class);
        ToolkitStart.onFxThread(() -> {
            rename.fire();
            return true;
        });
        window.until(() -> window.containers().container(web).name().equals("shop"));
    }

    @Test
    void whatThePaletteRemovesCanBeTakenBackOnAnyScreen() {
        ContainerId web = window.create("web-1");
        press(KeyCode.CONTROL, KeyCode.DIGIT2);
        waitFor(Section.IMAGES);
        openPalette();
        window.robot().write("remove web");
        press(KeyCode.ENTER);
        window.until(() -> !context().session().containers().containsKey(web));
        window.robot().clickOn(window.node("#undo", Button.class));
        waitFor(web, ContainerStatus.CREATED);
    }

    @Test
    void thePaletteAsksBeforeItRemovesWhatRuns() {
        ContainerId web = window.running("web-1");
        openPalette();
        window.robot().write("remove web");
        press(KeyCode.ENTER);
        window.until(() -> window.says(words -> words.startsWith("Stop and remove web-1")));
        press(KeyCode.ESCAPE);
        assertThat(window.containers().container(web).status()).isEqualTo(ContainerStatus.RUNNING);
    }

    @Test
    void f1OpensThePaletteAndEscapeGivesTheKeyboardBack() {
        press(KeyCode.F1);
        window.until(() -> focused("palette-field"));
        press(KeyCode.ESCAPE);
        window.until(() -> window.list().isFocused());
    }

    @Test
    void whatFailsInThePaletteIsToldAboveTheSection() {
        ContainerId web = window.create("web-1");
        window.engine().failNext("start", new FailedException("start", "container web-1", "no room", ""));
        openPalette();
        window.robot().write("start web");
        press(KeyCode.ENTER);
        window.until(() -> window.says("No room"::equals));
        assertThat(context().session().containers()).containsKey(web);
    }

    @Test
    void whileSomethingIsShownAboveTheWindowItsKeysWait() {
        press(KeyCode.CONTROL, KeyCode.N);
        window.until(() -> window.says("Run a container"::equals));
        press(KeyCode.CONTROL, KeyCode.DIGIT2);
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P);
        press(KeyCode.CONTROL, KeyCode.EQUALS);
        window.until(() -> context().appearance().zoom().percent() == 110);
        assertThat(ToolkitStart.onFxThread(
                        () -> context().navigation().section().get()))
                .isEqualTo(Section.CONTAINERS);
        window.until(() -> window.says("Run a container"::equals));
        press(KeyCode.ESCAPE);
        window.until(() -> !window.says("Run a container"::equals));
    }

    @Test
    void altAndArrowsLeadBackAndForward() {
        press(KeyCode.CONTROL, KeyCode.DIGIT2);
        waitFor(Section.IMAGES);
        press(KeyCode.CONTROL, KeyCode.COMMA);
        waitFor(Section.SETTINGS);
        press(KeyCode.ALT, KeyCode.LEFT);
        waitFor(Section.IMAGES);
        press(KeyCode.ALT, KeyCode.LEFT);
        waitFor(Section.CONTAINERS);
        press(KeyCode.ALT, KeyCode.RIGHT);
        waitFor(Section.IMAGES);
    }

    @Test
    void controlFLeadsToTheListsSearchAndEscapeEmptiesIt() {
        window.create("web-1");
        window.create("db");
        window.until(() -> window.list().getItems().size() == 2);
        press(KeyCode.CONTROL, KeyCode.F);
        window.until(() -> focused("search"));
        window.robot().write("web");
        window.until(() -> window.list().getItems().size() == 1);
        press(KeyCode.ESCAPE);
        window.until(() -> window.list().getItems().size() == 2);
        assertThat(window.node("#search", TextField.class).getText()).isEmpty();
    }

    @Test
    void f6GoesThroughThePanesAndBack() {
        press(KeyCode.F6);
        window.until(() -> focused("palette"));
        press(KeyCode.F6);
        window.until(() -> focused("section-containers"));
        press(KeyCode.F6);
        window.until(() -> window.list().isFocused());
        press(KeyCode.SHIFT, KeyCode.F6);
        window.until(() -> focused("section-containers"));
    }

    @Test
    void theSizeOfEverythingIsRememberedAndMenusFollowIt() {
        press(KeyCode.CONTROL, KeyCode.EQUALS);
        press(KeyCode.CONTROL, KeyCode.EQUALS);
        press(KeyCode.CONTROL, KeyCode.EQUALS);
        window.until(() -> context().appearance().zoom().percent() == 150);
        assertThat(window.read(() -> window.list().localToScene(0, 100).getY()
                        - window.list().localToScene(0, 0).getY()))
                .isEqualTo(150);
        window.until(
                () -> WindowMemory.at(folder.resolve("window")).number("zoom").equals(Optional.of(150.0)));
        ContextMenu menu = ToolkitStart.onFxThread(() -> {
            ContextMenu made = new ContextMenu(new MenuItem("as large as the rest"));
            made.show(window.stage());
            return made;
        });
        window.until(() -> menu.getSkin().getNode().lookup(".label") instanceof Label label
                && Math.abs(label.getFont().getSize() - 1.5 * 13) < 0.1);
        ToolkitStart.onFxThread(() -> {
            menu.hide();
            return true;
        });
        press(KeyCode.CONTROL, KeyCode.MINUS);
        window.until(() -> context().appearance().zoom().percent() == 125);
        press(KeyCode.CONTROL, KeyCode.DIGIT0);
        window.until(() -> context().appearance().zoom().percent() == 100);
    }

    @Test
    void theOverviewShowsEveryKeyOfTheWindow() {
        press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.SLASH);
        window.until(() -> window.says("Keyboard shortcuts"::equals));
        List<Shortcut> shortcuts =
                ToolkitStart.onFxThread(() -> context().actions().shortcuts());
        assertThat(shortcuts).hasSizeGreaterThan(12);
        for (Shortcut shortcut : shortcuts) {
            assertThat(window.says(shortcut.words()::equals))
                    .as(shortcut.words())
                    .isTrue();
            KeyWords.distinct(shortcut, context().messages())
                    .forEach(key -> key.forEach(part ->
                            assertThat(window.says(part::equals)).as(part).isTrue()));
        }
        assertThat(shortcuts)
                .flatExtracting(
                        shortcut -> KeyWords.distinct(shortcut, context().messages()).stream()
                                .map(key -> String.join("+", key))
                                .toList())
                .contains("F1", "F3", "Shift+F3", "F5", "F7", "Ctrl+S", "Alt+Enter")
                .contains("Ctrl+Backspace", "Ctrl+Shift+C", "Ctrl+,", "Ctrl+5", "Ctrl+Shift+P")
                .doesNotContain("Ctrl+Add", "Ctrl+Subtract", "Ctrl+Numpad 0");
        assertThat(shortcuts)
                .extracting(shortcut -> shortcut.group() + " " + shortcut.words())
                .contains("IMAGES Run…", "IMAGES Remove", "TRASH Remove for good…", "REGISTRIES Remove")
                .doesNotHaveDuplicates();
    }

    @Test
    void everythingThatCanBeDoneIsInThePalette() {
        openPalette();
        ToolkitStart.onFxThread(() -> {
            assertThat(window.scene().getRoot().lookup("#palette")).isNotNull();
            assertThat(context().actions().standing()).extracting(Action::words).doesNotHaveDuplicates();
            return true;
        });
        press(KeyCode.ESCAPE);
        window.until(() -> !((ModalLayer)
                        window.scene().getRoot().getChildrenUnmodifiable().getFirst())
                .isShowing());
    }
}
