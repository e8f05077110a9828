package io.darsena.app.containers.detail;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.control.LiveChart;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.shape.Line;
import javafx.scene.shape.SVGPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Charts, the record of a start and of an end, as a person looks at them, on an engine in memory.
@Timeout(120)
class ChartScreenTest {

    private static final ResourceLimits LIMITS = new ResourceLimits(
            OptionalLong.of(64 << 20), OptionalLong.empty(), OptionalDouble.of(0.5), OptionalLong.empty());

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        open(FakeEngine.ROOTFUL);
    }

    private void open(io.darsena.bridge.EngineDescription description) {
        window = new WindowOnFakeEngine(
                new FakeEngine(description, Duration.ofMillis(100)), folder.resolve("window"), Locale.ENGLISH);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private ContainerId started() {
        ContainerId id = window.containers()
                .create(ContainerSpec.of(FakeEngine.STARTER)
                        .withName("web-1")
                        .withLimits(LIMITS)
                        .withCommand(List.of("sh", "-c", "while :; do sleep 1; done")));
        window.containers().start(id);
        window.until(() -> window.says("web-1"::equals));
        window.choose(id);
        return id;
    }

    private String curve(String tone) {
        return window.node(".live-chart .line." + tone, SVGPath.class).getContent();
    }

    @Test
    void secondsFromBeforeTheTabWasOpenedAreThere() {
        ContainerId id = started();
        window.tab("Summary");
        window.until(
                () -> window.window().context().session().metrics().history(id).length() > 2);
        window.tab("Stats");
        window.until(
                () -> curve("memory").chars().filter(letter -> letter == 'L').count() > 2);
    }

    @Test
    void everyMeasureHasItsChartWithLimitAndPeak() {
        started();
        window.tab("Stats");
        window.until(() -> window.says("limit 64\u00a0MB"::equals)
                && window.says(text -> text.startsWith("limit 50\u00a0%"))
                && window.says(text -> text.startsWith("peak "))
                && window.says("held back by its limit"::equals)
                && window.says("Pressure"::equals));
        window.until(() -> window.says(text -> text.endsWith("out since its start")));
    }

    @Test
    void arrowKeysMoveACrossHairThatSaysWhatWasWhen() {
        started();
        window.tab("Stats");
        window.until(() -> curve("cpu").contains("L"));
        LiveChart chart = window.node(".live-chart.cpu", LiveChart.class);
        ToolkitStart.onFxThread(() -> {
            chart.requestFocus();
            return true;
        });
        window.robot().press(KeyCode.END).release(KeyCode.END);
        window.until(() -> window.node(".readout", Label.class).getText().contains("%"));
        assertThat(ToolkitStart.onFxThread(chart::getAccessibleText))
                .contains("CPU")
                .contains("used");
        assertThat(window.node(".live-chart.cpu .hair", Line.class)).isNotNull();
        window.robot().press(KeyCode.HOME).release(KeyCode.HOME);
        window.until(() -> window.node(".readout", Label.class).getText().endsWith("not measured"));
        window.robot().press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        window.until(() -> ToolkitStart.onFxThread(
                () -> window.scene().getRoot().lookupAll(".readout").stream().noneMatch(node -> node.isVisible())));
    }

    @Test
    void whatIsNotMeasuredSaysWhy() {
        window.close();
        open(FakeEngine.ROOTLESS_WITHOUT_CGROUP);
        ContainerId id = window.running("web-1");
        window.choose(id);
        window.tab("Stats");
        window.until(() -> window.says(text -> text.startsWith("No control group was delegated")));
        window.until(() -> curve("memory").contains("L"));
    }

    @Test
    void theChartsOfOneThatEndedEndAtItsLastSecond() throws Exception {
        ContainerId id = started();
        window.tab("Stats");
        window.until(() -> curve("memory").contains("L"));
        window.containers().kill(id, "KILL");
        window.until(() -> window.says(text -> text.startsWith("It does not run")));
        // A second that was measured before the end may still be on its way.
        passBeats(3);
        String drawn = ToolkitStart.onFxThread(() -> curve("memory"));
        passBeats(3);
        assertThat(ToolkitStart.onFxThread(() -> curve("memory")))
                .isEqualTo(drawn)
                .contains("L");
    }

    @Test
    void theSummaryOfOneThatEndedSaysWhatItUsedAtMostAndUntilWhen() {
        ContainerId id = started();
        window.tab("Summary");
        window.until(() -> curve("memory").contains("L"));
        assertThat(window.says(text -> text.startsWith("peak "))).isFalse();
        window.containers().kill(id, "KILL");
        window.until(
                () -> window.says(text -> text.startsWith("peak ")) && window.says(text -> text.startsWith("until ")));
    }

    private void passBeats(int count) {
        var beat = window.window().context().session().metrics().beat();
        long before = ToolkitStart.onFxThread(beat::get);
        window.until(() -> beat.get() > before + count);
    }

    @Test
    void aMinimisedWindowDrawsNothingAndIsUpToDateWhenItIsBack() {
        ContainerId id = started();
        window.tab("Stats");
        window.until(() -> curve("memory").contains("L"));
        var metrics = window.window().context().session().metrics();
        ToolkitStart.onFxThread(() -> {
            window.stage().setIconified(true);
            return true;
        });
        window.until(() -> window.stage().isIconified());
        long beat = ToolkitStart.onFxThread(() -> metrics.beat().get());
        int length = ToolkitStart.onFxThread(() -> metrics.history(id).length());
        window.until(() -> metrics.history(id).length() > length + 1);
        assertThat(ToolkitStart.onFxThread(() -> metrics.beat().get())).isEqualTo(beat);
        ToolkitStart.onFxThread(() -> {
            window.stage().setIconified(false);
            return true;
        });
        window.until(() -> metrics.beat().get() > beat);
    }

    /// An engine that measures too seldom for a run that ends at once.
    private void openWithoutMeasures() {
        window.close();
        window = new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTFUL, Duration.ofHours(1)), folder.resolve("window"), Locale.ENGLISH);
    }

    private long charts() {
        return ToolkitStart.onFxThread(() -> window.scene().getRoot().lookupAll(".live-chart").stream()
                .filter(WindowOnFakeEngine::isShown)
                .count());
    }

    @Test
    void whatEndedTooSoonSaysSoInOneLineInsteadOfEmptyCharts() {
        openWithoutMeasures();
        ContainerId id = window.containers()
                .create(ContainerSpec.of(FakeEngine.STARTER)
                        .withName("web-1")
                        .withCommand(List.of("sh", "-c", "exit 3")));
        window.until(() -> window.says("web-1"::equals));
        window.chooseSummary(id);
        window.until(() -> window.says("Life of web-1"::equals));
        assertThat(charts()).isZero();
        window.containers().start(id);
        window.containers().await(id);
        window.until(() -> window.says("How it ended"::equals)
                && window.says("It ended before anything could be measured."::equals));
        assertThat(charts()).isZero();
        window.tab("Stats");
        window.until(() -> window.says("It ended before anything could be measured."::equals));
        assertThat(charts()).isZero();
    }

    @Test
    void chartsComeWhenItRuns() {
        openWithoutMeasures();
        ContainerId id = window.create("web-1");
        window.chooseSummary(id);
        window.until(() -> window.says("Life of web-1"::equals) && charts() == 0);
        window.containers().start(id);
        window.until(() -> charts() == 4);
    }

    @Test
    void plotsThatStandBelowEachOtherBeginAtOnePlace() {
        started();
        window.tab("Stats");
        window.until(() -> {
            List<Double> lefts = window.scene().getRoot().lookupAll(".live-chart .plot").stream()
                    .filter(WindowOnFakeEngine::isShown)
                    .map(Node::getLayoutX)
                    .toList();
            return lefts.size() == 6 && lefts.stream().distinct().count() == 1 && lefts.getFirst() > 0;
        });
    }

    @Test
    void theSummaryTellsWhatTheKernelMade() {
        ContainerId id = started();
        window.tab("Summary");
        String pid = Integer.toString(
                window.containers().container(id).state().runningPid().orElseThrow());
        window.until(() -> window.says("pid, mount, net, uts, ipc, cgroup namespaces"::equals)
                && window.says(text -> text.contains("mnt:["))
                && window.says("memory 64\u00a0MB · 0.5 CPUs"::equals)
                && window.says("1 read-only layer + the writable one (overlay)"::equals)
                && window.says(text -> text.equals("sh as process 1 (" + pid + " on this machine)"))
                && window.says("880\u00a0µs"::equals));
    }

    @Test
    void theSummaryTellsThatMemoryRanOutAndWhatHelps() {
        ContainerId id = started();
        window.tab("Summary");
        window.engine().runOutOfMemory(id);
        ContainerState.Exited end = window.containers().await(id);
        assertThat(end.cause()).isEqualTo(ContainerState.ExitCause.OUT_OF_MEMORY);
        window.until(() -> window.says("How it ended"::equals)
                && window.says(text -> text.contains("needed more than its 64\u00a0MB of memory"))
                && window.says("its process ended"::equals));
    }

    @Test
    void oneThatDidNotStopInTimeIsToldApartFromOneThatWasKilled() {
        ContainerId id = started();
        window.tab("Summary");
        window.containers().stop(id, Duration.ofMillis(50));
        window.until(() ->
                window.says(text -> text.startsWith("It was asked to stop")) && window.says("stop, asked for"::equals));
    }
}
