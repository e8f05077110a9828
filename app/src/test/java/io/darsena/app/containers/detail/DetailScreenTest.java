package io.darsena.app.containers.detail;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.containers.logs.LogPane;
import io.darsena.app.control.JsonNode;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.TreeView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.shape.SVGPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The tabs of a container's detail as a person uses them, on an engine in memory.
@Timeout(90)
class DetailScreenTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    private void open(FakeEngine engine) {
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
    }

    @AfterEach
    void close() {
        window.close();
    }

    @BeforeEach
    void open() {
        open(new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(100)));
    }

    private ContainerId started(String script) {
        ContainerId id = window.containers()
                .create(ContainerSpec.of(FakeEngine.STARTER)
                        .withName("web-1")
                        .withCommand(List.of("sh", "-c", script)));
        window.containers().start(id);
        window.until(() -> window.says("web-1"::equals));
        window.choose(id);
        return id;
    }

    private LogPane log() {
        return window.node("#log-lines", LogPane.class);
    }

    private List<String> inView() {
        return log().textsInView();
    }

    @Test
    void theDetailNamesItsContainerWithItsStateAndFollowsBoth() {
        ContainerId id = started("sleep 60");
        for (String tab : List.of("Logs", "Files", "Stats", "Inspect")) {
            window.tab(tab);
            window.until(() -> shownName().equals("web-1") && shownState().equals("Running"));
        }
        window.containers().rename(id, "shop");
        window.until(() -> shownName().equals("shop"));
        window.containers().pause(id);
        window.until(() -> shownState().equals("Paused"));
        window.containers().kill(id, "KILL");
        window.until(() -> shownState().equals("Exited (137)"));
    }

    private String shownName() {
        return window.node("#container-shown", Label.class).getText();
    }

    private String shownState() {
        return window.node(".detail-head > .state-badge", Label.class).getText();
    }

    @Test
    void aLongNameIsShortenedWhereThereIsLittleRoomAndTheTabsAreNot() {
        ContainerId id = window.create("a".repeat(60));
        window.choose(id);
        window.until(() -> shownName().length() == 60 && shownState().equals("Created"));
        double roomy = ToolkitStart.onFxThread(this::tabsWidth);
        ToolkitStart.onFxThread(() -> {
            window.stage().setWidth(900);
            return true;
        });
        window.until(() -> {
            Label name = window.node("#container-shown", Label.class);
            Region head = window.node(".detail-head", Region.class);
            return head.getWidth() < 900
                    && name.getWidth() < name.prefWidth(-1)
                    && name.localToScene(name.getLayoutBounds()).getMinX()
                            >= tabs().localToScene(tabs().getLayoutBounds()).getMaxX();
        });
        assertThat(ToolkitStart.onFxThread(this::tabsWidth)).isEqualTo(roomy);
        assertThat(window.node("#container-shown", Label.class).getTooltip().getText())
                .hasSize(60);
    }

    private double tabsWidth() {
        return tabs().getWidth();
    }

    private Region tabs() {
        return (Region) window.node("#tabs", TabPane.class).lookup(".headers-region");
    }

    @Test
    void theLogIsLiveAndKeepsStreamsApart() {
        started("echo hello; echo trouble >&2; while :; do echo tick; sleep 0.2; done");
        window.tab("Logs");
        window.until(() -> inView().size() > 4);
        window.until(() -> inView().contains("hello") && window.says("err"::equals));
        int now = inView().size();
        window.until(() -> inView().size() > now);
    }

    @Test
    void theEndOfALongLogIsInViewUntilThePersonScrollsUp() {
        started("seq 100000; sleep 60");
        window.tab("Logs");
        window.until(() -> inView().contains("100000"));
        LogPane log = log();
        ToolkitStart.onFxThread(() -> {
            log.requestFocus();
            return true;
        });
        window.robot().press(KeyCode.HOME).release(KeyCode.HOME);
        window.until(() -> inView().contains("1")
                && !window.node("#follow", ToggleButton.class).isSelected());
        window.robot().press(KeyCode.END).release(KeyCode.END);
        window.until(() -> inView().contains("100000")
                && window.node("#follow", ToggleButton.class).isSelected());
    }

    @Test
    void chosenLinesAreCopied() {
        started("echo one; echo two; sleep 60");
        window.tab("Logs");
        window.until(() -> inView().equals(List.of("one", "two")));
        ToolkitStart.onFxThread(() -> {
            log().requestFocus();
            return true;
        });
        window.robot().press(KeyCode.CONTROL, KeyCode.A).release(KeyCode.A, KeyCode.CONTROL);
        window.robot().press(KeyCode.CONTROL, KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
        window.until(() -> "one\ntwo".equals(Clipboard.getSystemClipboard().getString()));
    }

    @Test
    void aClearedViewIsEmptyAndSaysSo() {
        started("echo one; sleep 60");
        window.tab("Logs");
        window.until(() -> inView().equals(List.of("one")));
        window.click("#log-clear");
        window.until(() -> inView().isEmpty() && window.says("No output yet."::equals));
    }

    @Test
    void chartsDrawWhatIsMeasuredAgainstTheLimit() {
        started("while :; do sleep 1; done");
        window.tab("Stats");
        window.until(() -> window.node(".live-chart.cpu .line.cpu", SVGPath.class)
                        .getContent()
                        .chars()
                        .filter(letter -> letter == 'L')
                        .count()
                > 2);
        window.until(() -> window.says(text -> text.endsWith("%")) && window.says("page cache"::equals));
    }

    @Test
    void numbersFromProcAreMarkedSo() {
        window.close();
        open(new FakeEngine(FakeEngine.ROOTLESS_WITHOUT_CGROUP, Duration.ofMillis(100)));
        started("while :; do sleep 1; done");
        window.tab("Stats");
        window.until(() -> window.says(text -> text.startsWith("Summed over its processes from /proc")));
    }

    @Test
    void inspectShowsTheJsonFollowsTheStateAndFinds() {
        ContainerId id = started("while :; do sleep 1; done");
        window.tab("Inspect");
        window.click("#json-text");
        window.until(() -> lines().stream().anyMatch(line -> line.contains("\"Running\" : true")));
        seek("hostname");
        window.until(() -> window.says("1 line"::equals));
        window.containers().kill(id, "KILL");
        window.until(() -> lines().stream().anyMatch(line -> line.contains("\"Running\" : false")));
    }

    private void seek(String words) {
        TextField search = window.node(".json-pane .find-field", TextField.class);
        ToolkitStart.onFxThread(() -> {
            search.setText(words);
            return true;
        });
    }

    @Test
    void theTreeFindsOpensAndCopiesValuesAndPaths() {
        started("while :; do sleep 1; done");
        window.tab("Inspect");
        TreeView<?> tree = window.node(".json-tree", TreeView.class);
        window.until(() -> tree.getExpandedItemCount() > 2);
        seek("running");
        window.until(() -> tree.getSelectionModel().getSelectedItem() != null);
        for (KeyCode code : List.of(KeyCode.F3, KeyCode.F3, KeyCode.F3)) {
            window.robot().press(code).release(code);
        }
        seek("hostname");
        window.until(() -> window.says("1 value"::equals)
                && ((JsonNode) tree.getSelectionModel().getSelectedItem().getValue())
                        .path()
                        .equals(".Config.Hostname"));
        ToolkitStart.onFxThread(() -> {
            tree.requestFocus();
            return true;
        });
        window.robot()
                .press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C)
                .release(KeyCode.C, KeyCode.SHIFT, KeyCode.CONTROL);
        window.until(
                () -> ".Config.Hostname".equals(Clipboard.getSystemClipboard().getString()));
        window.robot().press(KeyCode.CONTROL, KeyCode.C).release(KeyCode.C, KeyCode.CONTROL);
        window.until(() -> Clipboard.getSystemClipboard().getString().matches("[0-9a-f]{12}"));
    }

    private List<String> lines() {
        ListView<?> list = window.node(".json-pane .code-lines", ListView.class);
        return list.getItems().stream().map(String::valueOf).toList();
    }

    @Test
    void theSummaryTellsHowItCameToRunAndWhatItIs() {
        ContainerId id = started("while :; do sleep 1; done");
        window.tab("Summary");
        window.until(() -> window.says("How it started"::equals)
                && window.says("isolated"::equals)
                && window.says(id.shortId()::equals));
        window.containers().kill(id, "KILL");
        window.until(() -> window.says(text -> text.equals("code 137 · SIGKILL (9)"))
                && window.says("It was killed on request."::equals));
    }

    @Test
    void anotherChosenContainerTakesTheTab() {
        started("echo first; sleep 60");
        ContainerId other = window.containers()
                .create(ContainerSpec.of(FakeEngine.STARTER)
                        .withName("other")
                        .withCommand(List.of("sh", "-c", "echo second; sleep 60")));
        window.containers().start(other);
        window.tab("Logs");
        window.until(() -> inView().equals(List.of("first")));
        window.until(() -> window.says("other"::equals));
        window.choose(other);
        window.until(() -> inView().equals(List.of("second")));
    }
}
