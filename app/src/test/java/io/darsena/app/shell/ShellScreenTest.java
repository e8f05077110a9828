package io.darsena.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.Section;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.app.theme.WindowMemory;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.application.ColorScheme;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The frame as a person uses it, on an engine in memory.
@Timeout(90)
class ShellScreenTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTLESS_WITHOUT_CGROUP, Duration.ofMillis(200)),
                folder.resolve("window"),
                Locale.ENGLISH);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private Section section() {
        return ToolkitStart.onFxThread(
                () -> window.window().context().navigation().section().get());
    }

    private void go(Section section) {
        ToolkitStart.onFxThread(() -> {
            window.window().context().navigation().go(section);
            return true;
        });
    }

    @Test
    void anEngineOutOfReachIsSaidAboveTheSectionUntilItIsBack() throws Exception {
        window.running("web");
        window.engine().goOutOfReach("the process that runs it has ended");
        Node strip = window.node("#lost-engine", Node.class);
        window.until(() -> window.says("The engine is out of reach"::equals));
        window.engine().comeBack();
        window.until(() -> !strip.isVisible());
        window.until(() -> window.says("web"::equals));
    }

    @Test
    void controlAndADigitChangeTheSection() {
        window.robot().press(KeyCode.CONTROL, KeyCode.DIGIT2).release(KeyCode.DIGIT2, KeyCode.CONTROL);
        window.until(() -> section() == Section.IMAGES);
        window.robot().press(KeyCode.CONTROL, KeyCode.DIGIT1).release(KeyCode.DIGIT1, KeyCode.CONTROL);
        window.until(() -> section() == Section.CONTAINERS);
    }

    @Test
    void theStatusBarSaysWhatTheEngineIsAndWhatRuns() {
        window.until(() -> window.says("Engine: rootless, without limits · no cgroup · overlay"::equals));
        window.until(() -> window.says("none running"::equals));
        window.running("web-1");
        window.until(() -> window.says("1 running"::equals));
        window.until(() -> window.says(text -> text.startsWith("Memory ") && !text.endsWith("\u00a0B")));
    }

    @Test
    void whatIsReducedIsSaidWithItsCureInSettings() {
        window.click("#reduced");
        window.until(() -> section() == Section.SETTINGS);
        window.until(() -> window.says(text -> text.contains("Log in through systemd")));
    }

    @Test
    void theThemeChangesAtOnceAndIsRemembered() {
        ToolkitStart.onFxThread(() -> {
            window.window().context().appearance().choice().set(ThemeChoice.DARK);
            return true;
        });
        assertThat(window.window().context().appearance().scheme().get()).isEqualTo(ColorScheme.DARK);
        assertThat(window.scene().getStylesheets()).anyMatch(sheet -> sheet.endsWith("dark.css"));
        ToolkitStart.onFxThread(() -> {
            window.window().context().appearance().choice().set(ThemeChoice.LIGHT);
            window.stage().hide();
            return true;
        });
        assertThat(WindowMemory.at(folder.resolve("window")).text("theme")).contains("light");
        assertThat(WindowMemory.at(folder.resolve("window")).number("width")).isPresent();
    }

    @Test
    void theLanguageChangesWhileTheWindowIsOpen() {
        window.create("web-1");
        ToolkitStart.onFxThread(() -> {
            window.window().context().navigation().speak(Locale.ITALIAN);
            return true;
        });
        window.until(() -> window.says("Impostazioni"::equals));
        window.until(() -> window.says("mai avviato"::equals));
        anEnginesRefusalIsSaidInIt();
        window.robot().press(KeyCode.CONTROL, KeyCode.DIGIT2).release(KeyCode.DIGIT2, KeyCode.CONTROL);
        window.until(() -> section() == Section.IMAGES);
    }

    private void anEnginesRefusalIsSaidInIt() {
        window.choose(window.running("web-2"));
        window.engine()
                .failNext(
                        "pause",
                        new DeniedException(
                                "pause",
                                "container web-2",
                                "this session has no cgroup of its own",
                                "log in through systemd with a user manager, start it by"
                                        + " 'systemd-run --user --scope -p Delegate=yes', or run as root"));
        window.robot().press(KeyCode.CONTROL, KeyCode.P).release(KeyCode.P, KeyCode.CONTROL);
        window.until(() -> window.says("Impossibile mettere in pausa container web-2"::equals));
        window.until(() -> window.says("Questa sessione non ha un gruppo di controllo proprio"::equals));
        window.until(() -> window.says(text -> text.startsWith("Accedi tramite systemd con un gestore utente")));
        window.until(() -> window.scene().getRoot().lookupAll(".failure-banner .words > .label").stream()
                .filter(WindowOnFakeEngine::isShown)
                .map(Label.class::cast)
                .allMatch(label -> label.getHeight() + 1 > label.prefHeight(label.getWidth())));
    }

    @Test
    void everythingThatTakesTheKeyboardHasAName() {
        window.chooseSummary(window.running("web-1"));
        window.until(() -> window.says("Life of web-1"::equals));
        for (Section section : Section.values()) {
            go(section);
            List<Node> nameless = ToolkitStart.onFxThread(() -> {
                List<Node> found = new ArrayList<>();
                collectNameless(window.scene().getRoot(), found);
                return found;
            });
            assertThat(nameless).as("in %s", section).isEmpty();
        }
    }

    private static void collectNameless(Node node, List<Node> found) {
        if (!node.isVisible()) {
            return;
        }
        boolean layout = node instanceof ScrollPane || node instanceof ScrollBar || node instanceof SplitPane;
        boolean named =
                node.getAccessibleText() != null && !node.getAccessibleText().isBlank()
                        || node instanceof Labeled labeled
                                && labeled.getText() != null
                                && !labeled.getText().isBlank();
        if (node.isFocusTraversable() && !layout && !named) {
            found.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collectNameless(child, found));
        }
    }
}
