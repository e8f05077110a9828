package io.darsena.app.trash;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.trash.Departure;
import io.darsena.bridge.trash.TrashEntry;
import io.darsena.bridge.trash.TrashPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Removing, taking back, and removing for good, as a person does.
@Timeout(90)
class TrashScreenTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(100)), folder.resolve("window"), Locale.ENGLISH);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private Engine engine() {
        return window.engine();
    }

    private void press(KeyCode... keys) {
        window.robot().press(keys).release(keys);
    }

    private void remove(ContainerId id) {
        window.choose(id);
        press(KeyCode.DELETE);
        window.until(() -> engine().trash().list().size() == 1);
    }

    @Test
    void aRemovedContainerLiesInTheTrashAndUndoBringsItBack() {
        ContainerId id = window.create("old");
        remove(id);
        window.robot().clickOn(window.node("#undo", Button.class));
        window.until(() -> engine().trash().list().isEmpty());
        assertThat(engine().containers().container(id).name()).isEqualTo("old");
    }

    @Test
    void removingForGoodIsAskedFirstWithTheFocusOnCancel() {
        remove(window.create("old"));
        press(KeyCode.CONTROL, KeyCode.DIGIT4);
        window.until(() -> window.list().getItems().size() == 1 && window.says("Trash"::equals));
        window.until(() -> window.list().isFocused());
        press(KeyCode.DOWN);
        press(KeyCode.DELETE);
        window.until(() -> window.says("Remove old for good?"::equals));
        window.until(() -> Window.getWindows().stream()
                .anyMatch(shown -> shown.getScene().getFocusOwner() instanceof Button button
                        && button.getText().equals("Cancel")));
        press(KeyCode.ENTER);
        window.until(() -> !window.says("Remove old for good?"::equals));
        assertThat(engine().trash().list()).hasSize(1);
        press(KeyCode.DELETE);
        window.until(() -> window.says("Remove for good"::equals));
        window.click("Remove for good");
        window.until(() -> engine().trash().list().isEmpty());
        window.until(() -> window.says("The trash is empty"::equals));
    }

    /// Puts new containers of these names into the trash and goes there.
    private void inTheTrash(String... names) {
        for (String name : names) {
            engine().trash().put(window.create(name));
        }
        window.until(() -> window.window().context().session().trash().size() == names.length);
        press(KeyCode.CONTROL, KeyCode.DIGIT4);
        window.until(
                () -> window.says("Trash"::equals) && window.list().getItems().size() == names.length);
        window.until(() -> window.list().isFocused());
    }

    private void cancelHasTheKeyboard() {
        window.until(() -> Window.getWindows().stream()
                .anyMatch(shown -> shown.getScene().getFocusOwner() instanceof Button button
                        && button.getText().equals("Cancel")
                        && button.isDefaultButton()));
    }

    @Test
    void emptyingTheTrashIsAskedFirstWithTheFocusOnCancelAndSaysWhatComesBack() {
        inTheTrash("one", "two", "three");
        window.until(() -> window.says("3 containers · 36.9\u00a0KB"::equals));
        window.click("Empty trash…");
        window.until(() -> window.says("Remove all 3 containers in the trash for good?"::equals));
        window.until(() -> window.says(
                "The files and the log are deleted, which frees 36.9\u00a0KB. This cannot be undone."::equals));
        cancelHasTheKeyboard();
        press(KeyCode.ENTER);
        window.until(() -> !window.says("Remove all 3 containers in the trash for good?"::equals));
        assertThat(engine().trash().list()).hasSize(3);
        window.click("Empty trash…");
        cancelHasTheKeyboard();
        window.click("Empty trash");
        window.until(() -> engine().trash().list().isEmpty());
        window.until(() -> window.says("The trash is empty"::equals));
        window.until(() -> window.node("#empty", Button.class).isDisabled());
        window.until(() -> !window.says(text -> text.contains("36.9\u00a0KB")));
    }

    @Test
    void eachRowSaysWhenItGoesForGood() {
        inTheTrash("one");
        int days = TrashPolicy.DEFAULT.days().orElseThrow();
        window.until(() -> window.says(("in " + days + " d")::equals));
        engine().change(engine().settings().withTrash(TrashPolicy.NEVER));
        press(KeyCode.CONTROL, KeyCode.DIGIT1);
        press(KeyCode.CONTROL, KeyCode.DIGIT4);
        window.until(() -> window.list().getItems().size() == 1 && !window.says(("in " + days + " d")::equals));
    }

    @Test
    void whatComesBackWhenItsNameIsTakenGetsAFreshOneAndThatIsSaid() {
        inTheTrash("web");
        window.create("web");
        press(KeyCode.DOWN);
        press(KeyCode.ENTER);
        window.until(() -> engine().trash().list().isEmpty());
        window.until(
                () -> window.says("web was restored as web-restored: another container has its name now."::equals));
        assertThat(engine().containers().list())
                .extracting(Container::name)
                .containsExactlyInAnyOrder("web", "web-restored");
        press(KeyCode.CONTROL, KeyCode.DIGIT1);
        window.until(() -> window.says("web-restored"::equals));
        press(KeyCode.CONTROL, KeyCode.DIGIT4);
        window.until(() ->
                window.says("The trash is empty"::equals) && !window.says(text -> text.contains("was restored as")));
    }

    @Test
    void severalAreRestoredByTheBulkBar() {
        inTheTrash("one", "two", "three");
        press(KeyCode.DOWN);
        window.robot().press(KeyCode.SHIFT, KeyCode.DOWN).release(KeyCode.DOWN, KeyCode.SHIFT);
        window.until(() -> window.says("2 selected"::equals));
        window.click("#bulk-restore");
        window.until(() -> engine().trash().list().size() == 1);
        window.until(() -> window.says("1 container · 12.3\u00a0KB"::equals) && !window.says("2 selected"::equals));
    }

    @Test
    void whatWentByItselfIsToldUntilItIsDismissed() {
        inTheTrash("one", "two", "three");
        for (Container each : engine().trash().list().stream()
                .map(TrashEntry::container)
                .filter(container -> !container.name().equals("three"))
                .toList()) {
            window.engine().purgeByItself(each.id(), Departure.DISK_PRESSURE);
        }
        window.until(() -> window.says(
                text -> text.startsWith("2 containers were removed for good because the disk was" + " nearly full: ")));
        window.engine().purgeByItself(engine().trash().list().getFirst().id(), Departure.TOO_OLD);
        window.until(() -> window.says(
                text -> text.contains("three was removed for good because its days in the trash were over")));
        Button dismiss = window.node("#purged-dismiss", Button.class);
        ToolkitStart.doing(dismiss::requestFocus);
        press(KeyCode.SPACE);
        window.until(() -> !window.says(text -> text.contains("was removed for good")));
    }

    @Test
    void onADiskThatIsNearlyFullNoDaysArePromised() {
        close();
        EngineDescription here = new EngineDescription(
                "0.1.0",
                "6.18.0",
                EngineDescription.Tier.ROOTFUL,
                EngineDescription.CgroupMode.V2,
                folder,
                Optional.empty(),
                Optional.empty(),
                List.of());
        window = new WindowOnFakeEngine(
                new FakeEngine(here, Duration.ofMillis(100)), folder.resolve("window"), Locale.ENGLISH);
        EngineSettings settings = engine().settings();
        engine().change(settings.withTrash(
                TrashPolicy.DEFAULT.withFreeBytes(OptionalLong.of(TrashPolicy.MOST_FREE_BYTES))));
        window.until(() -> window.window()
                .context()
                .session()
                .settings()
                .get()
                .trash()
                .freeBytes()
                .equals(OptionalLong.of(TrashPolicy.MOST_FREE_BYTES)));
        inTheTrash("one");
        window.until(() -> window.says("when space is needed"::equals));
    }

    @Test
    void whatAPersonRemovedForGoodIsNotToldAsIfItHadGoneByItself() {
        inTheTrash("one");
        engine().trash().purge(engine().trash().list().getFirst().id());
        window.until(() -> window.says("The trash is empty"::equals));
        assertThat(window.window().context().session().purged().get()).isEmpty();
    }
}
