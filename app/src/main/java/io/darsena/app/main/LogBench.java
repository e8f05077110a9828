package io.darsena.app.main;

import io.darsena.app.containers.logs.KeptLines;
import io.darsena.app.containers.logs.LogPane;
import io.darsena.app.containers.logs.LogsViewModel;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

/// Measures the log's pane: how long its frames take while a log of a million lines grows by ten thousand lines a
/// second, what it takes of the heap, and how long a search through all of it takes. The lines come from this program
/// itself, in batches as an engine delivers them.
public final class LogBench {

    private static final int LINES = 1_000_000;
    private static final int RATE = 10_000;
    private static final int BATCH = 100;
    private static final long SECONDS = 20;
    private static final long MILLION = 1_000_000L;

    private final FrameMeter meter = new FrameMeter();
    private final CompletableFuture<LogConsumer> consumer = new CompletableFuture<>();
    private final LogsViewModel model = new LogsViewModel(
            (id, query, asking) -> {
                consumer.complete(asking);
                return () -> {};
            },
            meter.pump());
    private int written;

    private LogBench() {}

    public static void main(String[] arguments) {
        CompletableFuture<Stage> shown = new CompletableFuture<>();
        LogBench bench = new LogBench();
        Platform.startup(() -> shown.complete(bench.show()));
        shown.join();
        bench.measure();
        System.exit(0);
    }

    private Stage show() {
        Stage stage = new Stage();
        Scene scene = new Scene(new LogPane(Messages.in(Locale.ENGLISH), model), 1280, 720);
        new Appearance(ThemeChoice.LIGHT).dress(scene);
        stage.setScene(scene);
        stage.show();
        model.follow(new ContainerId("0".repeat(64)));
        return stage;
    }

    private void measure() {
        LogConsumer sink = consumer.join();
        long before = heap();
        long began = System.nanoTime();
        while (written < LINES) {
            sink.records(batch());
        }
        FrameMeter.say("taking in %,d lines     %d ms", LINES, (System.nanoTime() - began) / MILLION);
        FrameMeter.say("heap for them            %.1f MB", (heap() - before) / 1e6);
        FrameIntervals frames = meter.onFx(() -> new FrameIntervals(() -> {}));
        began = System.nanoTime();
        for (int i = 0; i < SECONDS * RATE / BATCH; i++) {
            sink.records(batch());
            LockSupport.parkNanos(began + (i + 1) * (1000 * MILLION * BATCH / RATE) - System.nanoTime());
        }
        long took = (System.nanoTime() - began) / MILLION;
        List<Long> sorted = meter.onFx(frames::end).stream().sorted().toList();
        FrameMeter.say("following                %,d lines in %d ms", SECONDS * RATE, took);
        FrameMeter.say(
                "frame time               p50 %.1f ms, p99 %.1f ms, most %.1f ms, %d frames",
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.getLast() / 1e6,
                sorted.size());
        FrameMeter.say("heap at the end          %.1f MB", (heap() - before) / 1e6);
        for (String words : List.of("request 77", "/api/v1/items/4711", "zzz")) {
            search(words);
        }
    }

    private void search(String words) {
        KeptLines lines = model.lines();
        List<Long> times = new ArrayList<>();
        long found = 0;
        for (int i = 0; i < 5; i++) {
            long began = System.nanoTime();
            found = lines.count(words, false);
            times.add((System.nanoTime() - began) / MILLION);
        }
        FrameMeter.say(
                "search for %-14s median %d ms, %,d lines found",
                words, times.stream().sorted().toList().get(2), found);
    }

    private List<LogRecord> batch() {
        List<LogRecord> batch = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            int number = written++;
            String text = String.format(
                    Locale.ROOT,
                    "INFO request %d GET /api/v1/items/%d 200 in %d ms from 10.0.0.%d",
                    number,
                    number % 10_007,
                    number % 97,
                    number % 250);
            batch.add(new LogRecord(
                    Instant.now(),
                    number % 50 == 0 ? LogRecord.Stream.STDERR : LogRecord.Stream.STDOUT,
                    false,
                    text.getBytes(StandardCharsets.UTF_8)));
        }
        return batch;
    }

    /// What is reachable, in bytes.
    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
