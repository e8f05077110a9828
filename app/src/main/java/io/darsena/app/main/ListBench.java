package io.darsena.app.main;

import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.shell.AppWindow;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.app.theme.WindowMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
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

    /// What the JavaFX thread did between frames, in nanoseconds, one for each hop to it.
    private final ConcurrentLinkedQueue<Long> hops = new ConcurrentLinkedQueue<>();

    private final FxPump untimed = FxPump.toFxThread();
    private final FxPump pump = FxPump.by(work -> untimed.run(() -> timed(work)));
    private final EngineSession session = new EngineSession(pump);
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
        PulseTimes.prepare();
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
                        pump,
                        Messages.in(Locale.ENGLISH),
                        new Appearance(ThemeChoice.LIGHT),
                        WindowMemory.at(memory()))
                .show();
        session.open(() -> engine);
        return stage;
    }

    private void measure(Stage stage) {
        rest(SETTLING);
        TableView<?> table = onFx(() -> (TableView<?>) stage.getScene().lookup(".table-view"));
        VirtualFlow<?> flow = onFx(() -> (VirtualFlow<?>) table.lookup(".virtual-flow"));
        int rows = onFx(() -> table.getItems().size());
        say("%d of %d containers listed, %.0f × %.0f", rows, CONTAINERS, stage.getWidth(), stage.getHeight());
        if (rows != CONTAINERS) {
            throw new IllegalStateException("the list is not whole");
        }
        stage("at rest", Optional.empty(), () -> rest(length));
        stage("scrolling", Optional.of(() -> scroll(flow)), () -> rest(length));
        onFx(() -> sort(table));
        stage("sorted by CPU", Optional.of(() -> {}), () -> rest(length));
        stage("sorted and scrolling", Optional.of(() -> scroll(flow)), () -> rest(length));
        stage("1,000 events a second", Optional.of(() -> {}), this::burst);
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        say("heap in use              %.1f MB", heap / 1e6);
    }

    /// @param step what moves with each frame; absent: frames come only when there is something to draw
    private void stage(String name, Optional<Runnable> step, Runnable work) {
        Optional<FrameIntervals> intervals = step.map(each -> onFx(() -> new FrameIntervals(each)));
        PulseTimes pulses = PulseTimes.begin();
        hops.clear();
        Duration before = cpu();
        long began = System.nanoTime();
        work.run();
        double percent = cpu().minus(before).toNanos() * 100.0 / (System.nanoTime() - began);
        intervals.ifPresent(timer -> tell(name, "frame to frame", onFx(timer::end)));
        tell(name, "work of a frame", pulses.end());
        tell(name, "work between frames", List.copyOf(hops));
        say("%-22s CPU %.0f %% of one core", name, percent);
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void burst() {
        for (long i = 0; i < length.toSeconds(); i++) {
            engine.turnAll();
            rest(Duration.ofSeconds(1));
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

    private static void tell(String stage, String what, List<Long> nanos) {
        List<Long> sorted = new ArrayList<>(nanos);
        sorted.sort(null);
        if (sorted.isEmpty()) {
            throw new IllegalStateException(stage + ": nothing was measured of " + what);
        }
        say(
                "%-22s %-20s p50 %5.1f ms, p95 %5.1f, p99 %5.1f, most %5.1f, of %d",
                stage,
                what,
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 95 / 100) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.getLast() / 1e6,
                sorted.size());
    }

    private void timed(Runnable work) {
        long began = System.nanoTime();
        work.run();
        hops.add(System.nanoTime() - began);
    }

    private static void rest(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private <T> T onFx(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        untimed.run(() -> {
            try {
                result.complete(work.call());
            } catch (Exception problem) {
                result.completeExceptionally(problem);
            }
        });
        return result.join();
    }

    private static void say(String pattern, Object... values) {
        System.out.printf(Locale.ROOT, pattern + "%n", values);
        System.out.flush();
    }
}
