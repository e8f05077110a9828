package io.darsena.app.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.trash.TrashEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The Containers section as a person uses it, on an engine in memory.
@Timeout(90)
class ContainersScreenTest {

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

    private ContainerStatus status(ContainerId id) {
        return window.containers().container(id).status();
    }

    private void press(KeyCode... keys) {
        window.robot().press(keys).release(keys);
    }

    private void fire(String query) {
        ButtonBase button = window.node(query, ButtonBase.class);
        ToolkitStart.onFxThread(() -> {
            button.fire();
            return true;
        });
    }

    @Test
    void theFirstContainerIsOneClickAway() {
        window.click("#run-starter");
        window.until(() -> window.containers().list().size() == 1
                && window.containers().list().getFirst().status() == ContainerStatus.RUNNING);
        window.until(() -> window.says("Follow"::equals));
    }

    @Test
    void theListHasTheKeyboardAtTheStart() {
        window.until(() -> window.list().isFocused());
    }

    @Test
    void aClickOnARowShowsItsDetail() {
        ContainerId id = window.running("web-1");
        window.click("web-1");
        window.until(() -> window.says("Follow"::equals));
        assertThat(status(id)).isEqualTo(ContainerStatus.RUNNING);
    }

    @Test
    void theArrowFromRunningToPausedPauses() {
        ContainerId id = window.running("web-1");
        window.chooseSummary(id);
        window.until(() -> window.says("pause"::equals));
        Button pause = pill("pause");
        assertThat(pause.getAccessibleText()).isEqualTo("Pause web-1");
        window.robot().clickOn(pause);
        window.until(() -> status(id) == ContainerStatus.PAUSED);
        window.until(
                () -> window.node("#state-paused", Node.class).getStyleClass().contains("current"));
        window.robot().clickOn(pill("resume"));
        window.until(() -> status(id) == ContainerStatus.RUNNING);
    }

    @Test
    void anArrowWorksByKeyboardAndTheKeyboardStaysInTheDrawing() {
        ContainerId id = window.running("web-1");
        window.chooseSummary(id);
        Button pause = pill("pause");
        ToolkitStart.onFxThread(() -> {
            pause.requestFocus();
            return true;
        });
        press(KeyCode.SPACE);
        window.until(() -> status(id) == ContainerStatus.PAUSED);
        window.until(() -> window.scene().getFocusOwner() != null
                && window.scene().getFocusOwner().getStyleClass().contains("pill"));
    }

    private Button pill(String words) {
        window.until(() -> find(words) != null);
        return (Button) Objects.requireNonNull(ToolkitStart.onFxThread(() -> find(words)));
    }

    private @Nullable Node find(String words) {
        return window.scene().getRoot().lookupAll(".pill").stream()
                .filter(WindowOnFakeEngine::isShown)
                .filter(node ->
                        node instanceof Button button && button.getText().equals(words))
                .findFirst()
                .orElse(null);
    }

    @Test
    void keysStartPauseResumeRestartAndStop() {
        ContainerId id = window.create("web-1");
        window.choose(id);
        press(KeyCode.CONTROL, KeyCode.SPACE);
        window.until(() -> status(id) == ContainerStatus.RUNNING);
        press(KeyCode.CONTROL, KeyCode.P);
        window.until(() -> status(id) == ContainerStatus.PAUSED);
        press(KeyCode.CONTROL, KeyCode.P);
        window.until(() -> status(id) == ContainerStatus.RUNNING);
        press(KeyCode.CONTROL, KeyCode.SPACE);
        window.until(() -> status(id) == ContainerStatus.EXITED);
        press(KeyCode.CONTROL, KeyCode.R);
        window.until(() -> status(id) == ContainerStatus.RUNNING);
    }

    @Test
    void deleteRemovesWhatHasEnded() {
        ContainerId id = window.create("old");
        window.choose(id);
        press(KeyCode.DELETE);
        window.until(() -> window.containers().list().isEmpty());
        window.until(() -> window.says("No containers yet"::equals));
    }

    @Test
    void deleteOfARunningOneAsksAndTheFocusIsOnCancel() {
        ContainerId id = window.running("busy");
        window.choose(id);
        press(KeyCode.DELETE);
        window.until(() -> window.says("Stop and remove busy?"::equals));
        window.until(() -> Window.getWindows().stream()
                .anyMatch(shown -> shown.getScene().getFocusOwner() instanceof Button button
                        && button.getText().equals("Cancel")));
        press(KeyCode.ENTER);
        window.until(() -> !window.says("Stop and remove busy?"::equals));
        assertThat(status(id)).isEqualTo(ContainerStatus.RUNNING);
        press(KeyCode.DELETE);
        window.until(() -> window.says("Stop and remove"::equals));
        window.click("Stop and remove");
        window.until(() -> window.containers().list().isEmpty());
    }

    @Test
    void recreatingPutsTheOldOneIntoTheTrashAndRunsANewOneOfTheSameName() {
        ContainerId old = window.running("busy");
        window.choose(old);
        press(KeyCode.SHIFT, KeyCode.F10);
        fireMenuIfTheHeadlessKeyboardHasNoMenuKey("busy");
        window.click("Recreate…");
        window.until(() -> window.says("Recreate busy?"::equals));
        window.click("Recreate");
        window.until(() -> window.containers().list().stream()
                .anyMatch(container -> container.name().equals("busy")
                        && !container.id().equals(old)
                        && container.status() == ContainerStatus.RUNNING));
        assertThat(((Engine) window.engine()).trash().list())
                .extracting(TrashEntry::id)
                .containsExactly(old);
    }

    @Test
    void renameTakesOnlyNamesThatAContainerCanHave() {
        ContainerId id = window.create("old");
        window.choose(id);
        press(KeyCode.F2);
        TextField name = window.node("#new-name", TextField.class);
        Button rename = window.node(".dialog-pane .button.primary", Button.class);
        ToolkitStart.onFxThread(() -> {
            name.setText("no spaces");
            return true;
        });
        assertThat(rename.isDisabled()).isTrue();
        ToolkitStart.onFxThread(() -> {
            name.setText("new");
            return true;
        });
        assertThat(rename.isDisabled()).isFalse();
        window.robot().clickOn(rename);
        window.until(() -> window.containers().container(id).name().equals("new"));
        window.until(() -> window.says("new"::equals));
    }

    @Test
    void aRefusalShowsAtTheListWithReasonAndRemedyAndCanBeDismissed() {
        ContainerId id = window.running("web-1");
        window.choose(id);
        window.engine()
                .failNext(
                        "pause",
                        new DeniedException(
                                "pause", "container web-1", "there is no freezer", "log in through systemd"));
        press(KeyCode.CONTROL, KeyCode.P);
        window.until(() -> window.says("Cannot pause container web-1"::equals)
                && window.says("There is no freezer"::equals)
                && window.says("Log in through systemd"::equals)
                && window.says("Copy details"::equals));
        assertThat(status(id)).isEqualTo(ContainerStatus.RUNNING);
        fire(".failure-banner .icon-button");
        window.until(() -> !window.says("There is no freezer"::equals));
    }

    @Test
    void whatIsUnderWayShowsAndNothingElseCanBeAsked() throws Exception {
        ContainerId id = window.running("web-1");
        window.chooseSummary(id);
        AutoCloseable held = window.engine().hold("stop");
        press(KeyCode.CONTROL, KeyCode.SPACE);
        window.until(() -> window.says("Stopping…"::equals));
        window.until(() -> find("pause") == null);
        held.close();
        window.until(() -> status(id) == ContainerStatus.EXITED);
    }

    @Test
    void searchingFindsAndAFilteredEmptyListOffersTheWayBack() {
        window.create("alpha");
        window.create("beta");
        press(KeyCode.CONTROL, KeyCode.F);
        window.until(() -> window.scene().getFocusOwner() instanceof TextField);
        window.robot().write("alp");
        window.until(() -> window.list().getItems().size() == 1);
        window.robot().write("zzz");
        window.until(() -> window.says("No results"::equals));
        fire("#clear-filters");
        window.until(() -> window.list().getItems().size() == 2);
    }

    @Test
    void chipsFilter() {
        window.running("busy");
        window.create("idle");
        window.until(() -> window.says("Running 1"::equals) && window.says("Stopped 1"::equals));
        window.click("#chip-running");
        window.until(() -> window.list().getItems().size() == 1);
        window.click("#chip-all");
        window.until(() -> window.list().getItems().size() == 2);
    }

    @Test
    void theMenuKeyOffersWhatIsPossible() {
        ContainerId id = window.running("web-1");
        window.choose(id);
        window.until(() -> window.says("web-1"::equals));
        press(KeyCode.SHIFT, KeyCode.F10);
        fireMenuIfTheHeadlessKeyboardHasNoMenuKey("web-1");
        window.until(() -> window.says("Pause"::equals) && window.says("Rename…"::equals));
        assertThat(window.says("Start"::equals)).isFalse();
    }

    private void fireMenuIfTheHeadlessKeyboardHasNoMenuKey(String name) {
        if (!window.says("Rename…"::equals)) {
            window.robot().rightClickOn(name);
        }
    }

    @Test
    void escapeClosesTheDetail() {
        ContainerId id = window.running("web-1");
        window.chooseSummary(id);
        window.until(() -> window.says("Life of web-1"::equals));
        press(KeyCode.ESCAPE);
        window.until(() -> !window.says("Life of web-1"::equals));
    }

    @Test
    void enterGoesToTheTabs() {
        ContainerId id = window.running("web-1");
        window.chooseSummary(id);
        window.until(() -> window.says("Life of web-1"::equals));
        press(KeyCode.ENTER);
        window.until(() -> window.scene().getFocusOwner() instanceof TabPane);
        press(KeyCode.RIGHT);
        window.until(() -> window.says("Follow"::equals));
    }

    @Test
    void oneThousandRowsAreShownAndTheChosenOneIsFound() {
        for (int i = 0; i < 1000; i++) {
            window.containers().create(ContainerSpec.of(FakeEngine.STARTER).withName("job-" + i));
        }
        window.until(() -> window.list().getItems().size() == 1000);
        ContainerId id = window.containers().find("job-3").orElseThrow().id();
        window.choose(id);
        window.until(() -> window.says("Life of job-3"::equals));
        window.until(() -> window.says("job-3"::equals));
    }
}
