package io.darsena.app.containers.logs;

import io.darsena.app.session.EngineSession;
import io.darsena.app.session.Failure;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The newest lines of one container's log, growing while it is followed. JavaFX thread only.
public final class LogsViewModel {

    /// As many lines as are kept; the oldest go first, many at a time.
    public static final int CAPACITY = 100_000;

    private static final int ROOM = CAPACITY / 10;

    private final EngineSession session;
    private final FxPump pump;
    private final ObservableList<LogLine> lines = FXCollections.observableArrayList();
    private final BooleanProperty following = new SimpleBooleanProperty(true);
    private final BooleanProperty timestamps = new SimpleBooleanProperty(false);
    private final FailurePlace place = new FailurePlace();
    private Optional<Instant> clearedAt = Optional.empty();
    private Optional<LogRecord.Stream> unfinished = Optional.empty();
    private long reading;

    public LogsViewModel(EngineSession session, FxPump pump) {
        this.session = session;
        this.pump = pump;
    }

    /// Reads the log from its beginning, or from where it was cleared, and goes on until closed.
    public AutoCloseable follow(ContainerId id) {
        lines.clear();
        unfinished = Optional.empty();
        place.clear();
        long mine = ++reading;
        Consumer<List<LogRecord>> records = pump.batched(CAPACITY, batch -> {
            if (mine == reading) {
                append(batch);
            }
        });
        LogQuery tail = LogQuery.ALL.withTail(CAPACITY).withFollow(true);
        LogQuery query = clearedAt.map(tail::withSince).orElse(tail);
        CompletableFuture<Subscription> opened = new CompletableFuture<>();
        Thread.ofVirtual().name("darsena-logs").start(() -> open(id, query, records, opened));
        return () -> {
            reading++;
            opened.thenAcceptAsync(
                    Subscription::close, task -> Thread.ofVirtual().start(task));
        };
    }

    private void open(
            ContainerId id, LogQuery query, Consumer<List<LogRecord>> records, CompletableFuture<Subscription> opened) {
        try {
            opened.complete(session.engine().containers().logs(id, query, new LogConsumer() {
                @Override
                public void records(List<LogRecord> batch) {
                    records.accept(batch);
                }

                @Override
                public void failed(RuntimeException failure) {
                    pump.run(() -> place.show(Failure.of(failure)));
                }
            }));
        } catch (RuntimeException problem) {
            pump.run(() -> place.show(Failure.of(problem)));
        }
    }

    private void append(List<LogRecord> batch) {
        List<LogLine> fresh = new ArrayList<>(batch.size());
        for (LogRecord record : batch) {
            if (unfinished.filter(stream -> stream == record.stream()).isPresent()) {
                extend(fresh, record);
            } else {
                fresh.add(LogLine.of(record));
            }
            unfinished = record.partial() ? Optional.of(record.stream()) : Optional.empty();
        }
        if (lines.size() + fresh.size() > CAPACITY) {
            lines.remove(0, Math.min(lines.size(), lines.size() + fresh.size() - CAPACITY + ROOM));
        }
        lines.addAll(fresh);
    }

    private void extend(List<LogLine> fresh, LogRecord record) {
        if (!fresh.isEmpty()) {
            fresh.set(fresh.size() - 1, fresh.getLast().joined(record));
        } else if (!lines.isEmpty()) {
            lines.set(lines.size() - 1, lines.getLast().joined(record));
        } else {
            fresh.add(LogLine.of(record));
        }
    }

    /// Forgets what is shown; the log itself stays whole.
    public void clear() {
        clearedAt =
                lines.isEmpty() ? clearedAt : Optional.of(lines.getLast().at().plusNanos(1));
        lines.clear();
    }

    /// Shows again what was cleared away, from the next [#follow] on; for another container.
    public void unclear() {
        clearedAt = Optional.empty();
    }

    public ObservableList<LogLine> lines() {
        return lines;
    }

    /// Whether the newest line is kept in view.
    public BooleanProperty following() {
        return following;
    }

    public BooleanProperty timestamps() {
        return timestamps;
    }

    public FailurePlace place() {
        return place;
    }
}
