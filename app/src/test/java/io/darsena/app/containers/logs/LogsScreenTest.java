package io.darsena.app.containers.logs;

import static io.darsena.app.ToolkitStart.doing;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.ScrollEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The Logs tab as a person uses it, by keyboard and mouse, on an engine in memory.
@Timeout(90)
class LogsScreenTest {

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

    private void logOf(String script) {
        ContainerId id = window.containers()
                .create(ContainerSpec.of(FakeEngine.STARTER)
                        .withName("web-1")
                        .withCommand(List.of("sh", "-c", script)));
        window.containers().start(id);
        window.until(() -> window.says("web-1"::equals));
        window.choose(id);
        window.tab("Logs");
        doing(pane()::requestFocus);
    }

    private LogPane pane() {
        return window.node("#log-lines", LogPane.class);
    }

    private List<String> inView() {
        return pane().textsInView();
    }

    private void press(KeyCode... codes) {
        window.robot().press(codes);
        for (int i = codes.length - 1; i >= 0; i--) {
            window.robot().release(codes[i]);
        }
    }

    private boolean follows() {
        return window.node("#follow", ToggleButton.class).isSelected();
    }

    private String found() {
        return window.node(".find-bar .found", Labeled.class).getText();
    }

    private List<String> current() {
        return pane().rowsInView().stream()
                .filter(row -> row.getPseudoClassStates().stream()
                        .anyMatch(state -> state.getPseudoClassName().equals("current")))
                .map(LogRow::text)
                .toList();
    }

    @Test
    void controlFFindsAndEnterAndF3GoThroughWhatIsFound() {
        logOf("seq 20000; sleep 60");
        window.until(() -> inView().contains("20000"));
        press(KeyCode.CONTROL, KeyCode.F);
        window.until(() -> window.node(".find-field", TextField.class).isFocused());
        window.robot().write("1777");
        window.until(() -> found().equals("12 lines"));
        press(KeyCode.ENTER);
        window.until(() -> current().equals(List.of("1777")) && found().equals("1 of 12"));
        assertThat(ToolkitStart.onFxThread(this::follows)).isFalse();
        press(KeyCode.F3);
        window.until(() -> current().equals(List.of("11777")) && found().equals("2 of 12"));
        press(KeyCode.SHIFT, KeyCode.F3);
        press(KeyCode.SHIFT, KeyCode.ENTER);
        window.until(() -> current().equals(List.of("17779")) && found().equals("12 of 12"));
        window.until(() -> pane().rowsInView().stream()
                .filter(row -> row.text().contains("1777"))
                .allMatch(LogRow::marksSomethingFound));
        press(KeyCode.ESCAPE);
        window.until(() -> found().isEmpty());
        press(KeyCode.ESCAPE);
        window.until(() -> pane().isFocused());
    }

    @Test
    void theButtonsOfTheSearchDoTheSameAndCapitalLettersCanMatter() {
        logOf("echo Error one; echo error two; sleep 60");
        window.until(() -> inView().size() == 2);
        doing(() -> window.node(".find-field", TextField.class).setText("Error"));
        window.until(() -> found().equals("2 lines"));
        window.click("#find-next");
        window.until(() -> current().equals(List.of("Error one")));
        window.click("#find-previous");
        window.until(() -> current().equals(List.of("error two")));
        window.click(".find-bar .icon-toggle");
        window.until(() -> found().equals("1 line"));
    }

    @Test
    void whatIsFoundGrowsWithTheLog() {
        logOf("while :; do echo tick; sleep 0.1; done");
        doing(() -> window.node(".find-field", TextField.class).setText("tick"));
        window.until(() -> found().matches("\\d+ lines"));
        int now = ToolkitStart.onFxThread(() -> Integer.valueOf(found().replaceAll("\\D", "")));
        window.until(() -> found().matches("\\d+ lines") && Integer.parseInt(found().replaceAll("\\D", "")) > now);
    }

    @Test
    void oneStreamIsShownAlone() {
        logOf("echo fine; echo trouble >&2; echo good; sleep 60");
        window.until(() -> inView().size() == 3);
        window.click("#stream-stderr");
        window.until(() -> inView().equals(List.of("trouble")) && window.says("1 line"::equals));
        assertThat(pane().rowsInView()).allMatch(LogRow::marksAnError);
        window.click("#stream-stdout");
        window.until(() -> inView().equals(List.of("fine", "good")));
        window.click("#stream-stdout");
        window.click("#stream-both");
        window.until(() -> inView().size() == 3);
    }

    @Test
    void timesStandBesideTheLinesWhenAskedFor() {
        logOf("echo one; sleep 60");
        window.until(() -> inView().size() == 1);
        window.click("#timestamps");
        window.until(() -> pane().rowsInView().getFirst().time().matches("\\d\\d:\\d\\d:\\d\\d"));
    }

    @Test
    void aLongLineGoesOnBelowWhenItIsWrapped() {
        logOf("echo " + "word ".repeat(200) + "; echo short; sleep 60");
        window.until(() -> inView().size() == 2 && rowHeight(0) == rowHeight(1));
        window.click("#wrap");
        window.until(() -> rowHeight(0) > 3 * rowHeight(1));
        window.until(() -> inView().getLast().equals("short"));
    }

    private double rowHeight(int row) {
        return pane().rowsInView().get(row).getHeight();
    }

    @Test
    void theWheelPausesAndAtTheEndItFollowsAgain() {
        logOf("seq 500; while :; do echo more; sleep 0.2; done");
        window.until(() -> inView().contains("more"));
        wheel(400);
        window.until(() -> !follows() && !inView().contains("more"));
        List<String> seen = ToolkitStart.onFxThread(this::inView);
        window.until(() -> window.node("#unseen", Button.class).getText().matches("\\d+ new lines"));
        assertThat(ToolkitStart.onFxThread(this::inView)).isEqualTo(seen);
        wheel(-100_000);
        window.until(() -> follows() && inView().getLast().equals("more"));
    }

    @Test
    void theHintOfNewLinesLeadsToThem() {
        logOf("seq 500; while :; do echo more; sleep 0.2; done");
        window.until(() -> inView().contains("more"));
        press(KeyCode.HOME);
        window.until(() -> inView().getFirst().equals("1"));
        window.node("#unseen", Button.class);
        window.click("#unseen");
        window.until(() -> follows() && inView().getLast().equals("more"));
    }

    private void wheel(double pixels) {
        LogPane pane = pane();
        doing(() -> pane.fireEvent(new ScrollEvent(
                ScrollEvent.SCROLL,
                5,
                5,
                5,
                5,
                false,
                false,
                false,
                false,
                false,
                false,
                0,
                pixels,
                0,
                pixels,
                ScrollEvent.HorizontalTextScrollUnits.NONE,
                0,
                ScrollEvent.VerticalTextScrollUnits.NONE,
                0,
                0,
                null)));
    }

    @Test
    void theScrollBarReachesEveryLine() {
        logOf("seq 100000; sleep 60");
        window.until(() -> inView().contains("100000"));
        ScrollBar bar = window.node("#log-scroll", ScrollBar.class);
        doing(() -> bar.setValue(50_000));
        window.until(() -> inView().getFirst().equals("50001") && !follows());
        doing(() -> bar.setValue(bar.getMax()));
        window.until(() -> inView().contains("100000") && follows());
    }

    @Test
    void linesAreChosenWithMouseAndKeyboardAndCopied() {
        logOf("echo one; echo two; echo three; echo four; sleep 60");
        window.until(() -> inView().size() == 4);
        window.robot().clickOn(pane().rowsInView().get(1));
        window.until(() -> pane().selection().contains(1));
        press(KeyCode.SHIFT, KeyCode.DOWN);
        window.until(() -> pane().selection().contains(2));
        press(KeyCode.CONTROL, KeyCode.C);
        window.until(() -> "two\nthree".equals(Clipboard.getSystemClipboard().getString()));
        press(KeyCode.ESCAPE);
        window.click("#log-copy");
        window.until(() ->
                "one\ntwo\nthree\nfour".equals(Clipboard.getSystemClipboard().getString()));
    }

    @Test
    void pagesAreTurnedByTheKeyboard() {
        logOf("seq 1000; sleep 60");
        window.until(() -> inView().contains("1000"));
        press(KeyCode.PAGE_UP);
        window.until(() -> !follows() && !inView().contains("1000"));
        press(KeyCode.PAGE_DOWN);
        window.until(() -> follows() && inView().contains("1000"));
        press(KeyCode.UP);
        press(KeyCode.UP);
        window.until(() -> !follows());
        press(KeyCode.DOWN);
        window.until(this::follows);
    }

    @Test
    void aReaderOfTheScreenHearsAListOfLines() {
        logOf("echo fine; echo trouble >&2; sleep 60");
        window.until(() -> inView().size() == 2);
        ToolkitStart.onFxThread(() -> {
            LogPane pane = pane();
            assertThat(pane.getAccessibleRole()).isEqualTo(AccessibleRole.LIST_VIEW);
            assertThat(pane.getAccessibleText()).isEqualTo("Logs");
            assertThat(pane.queryAccessibleAttribute(AccessibleAttribute.ITEM_COUNT))
                    .isEqualTo(2);
            LogRow row = (LogRow) pane.queryAccessibleAttribute(AccessibleAttribute.ITEM_AT_INDEX, 1);
            assertThat(row).isNotNull();
            assertThat(row.getAccessibleRole()).isEqualTo(AccessibleRole.LIST_ITEM);
            assertThat(row.getAccessibleText()).isEqualTo("stderr: trouble");
            for (String id : List.of("#log-copy", "#log-save", "#log-clear", "#find-next", "#find-previous")) {
                assertThat(window.node(id, Button.class).getAccessibleText()).isNotBlank();
            }
            return true;
        });
    }
}
