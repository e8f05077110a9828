package io.darsena.app.main;

import io.darsena.app.session.EngineSession;
import io.darsena.app.shell.AppWindow;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.app.theme.WindowMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.stage.Stage;

/// Measures the window with a list of a thousand containers whose numbers all change every second: at rest, scrolled,
/// sorted by what changes, and while all of them change at once. The argument, if any, is the seconds for each.
public final class ListBench {

    private static final int CONTAINERS = 1000;
    private static final long SECONDS = 15;
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final double SCROLLED_PER_FRAME = 24;

    private final FrameMeter meter = new FrameMeter();
    private final EngineSession session = new EngineSession(meter.pump());
    private final CrowdEngine engine = new CrowdEngine(CONTAINERS);
    private final Path home;
    private final Duration length;
    private double direction = SCROLLED_PER_FRAME;

    private ListBench(Path home, Duration length) {
        this.home = home;
        this.length = length;
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Files.createTempDirectory("darsena-bench-");
        Duration length = Duration.ofSeconds(arguments.length == 0 ? SECONDS : Long.parseLong(arguments[0]));
        ListBench bench = new ListBench(home, length);
        CompletableFuture<Stage> shown = new CompletableFuture<>();
        Platform.startup(() -> shown.complete(bench.show()));
        bench.measure(shown.join());
        Files.deleteIfExists(bench.memory());
        Files.delete(home);
        System.exit(0);
    }

    private Path memory() {
        return home.resolve("window.properties");
    }

    private Stage show() {
        Stage stage = new Stage();
        new AppWindow(
                        stage,
                        session,
                        meter.pump(),
                        Messages.in(Locale.ENGLISH),
                        new Appearance(ThemeChoice.LIGHT),
                        WindowMemory.at(memory()))
                .show();
        session.open(() -> engine);
        return stage;
    }

    private void measure(Stage stage) {
        FrameMeter.rest(SETTLING);
        TableView<?> table = meter.onFx(() -> (TableView<?>) stage.getScene().lookup(".table-view"));
        VirtualFlow<?> flow = meter.onFx(() -> (VirtualFlow<?>) table.lookup(".virtual-flow"));
        int rows = meter.onFx(() -> table.getItems().size());
        FrameMeter.say(
                "%d of %d containers listed, %.0f × %.0f", rows, CONTAINERS, stage.getWidth(), stage.getHeight());
        if (rows != CONTAINERS) {
            throw new IllegalStateException("the list is not whole");
        }
        meter.stage("at rest", Optional.empty(), () -> FrameMeter.rest(length));
        meter.stage("scrolling", Optional.of(() -> scroll(flow)), () -> FrameMeter.rest(length));
        meter.onFx(() -> sort(table));
        meter.stage("sorted by CPU", Optional.of(() -> {}), () -> FrameMeter.rest(length));
        meter.stage("sorted and scrolling", Optional.of(() -> scroll(flow)), () -> FrameMeter.rest(length));
        meter.stage("1,000 events a second", Optional.of(() -> {}), this::burst);
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        FrameMeter.say("heap in use              %.1f MB", heap / 1e6);
    }

    private void burst() {
        for (long i = 0; i < length.toSeconds(); i++) {
            engine.turnAll();
            FrameMeter.rest(Duration.ofSeconds(1));
        }
    }

    /// From one end of the list to the other and back.
    private void scroll(VirtualFlow<?> flow) {
        if (flow.getPosition() >= 1 || flow.getPosition() <= 0) {
            direction = flow.getPosition() >= 1 ? -SCROLLED_PER_FRAME : SCROLLED_PER_FRAME;
        }
        flow.scrollPixels(direction);
    }

    private static <R> Node sort(TableView<R> table) {
        TableColumn<R, ?> cpu = table.getColumns().stream()
                .filter(column -> "cpu".equals(column.getId()))
                .findFirst()
                .orElseThrow();
        cpu.setSortType(TableColumn.SortType.DESCENDING);
        table.getSortOrder().add(cpu);
        table.scrollTo(0);
        return table;
    }
}
