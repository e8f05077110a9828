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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/// The newest lines of one container's log, growing while it is followed. JavaFX thread only; the lines themselves are
/// taken in where the engine delivers them, so that no flood of them can hold up the window.
public final class LogsViewModel {

    /// Where a log comes from.
    @FunctionalInterface
    public interface Source {
        Subscription logs(ContainerId id, LogQuery query, LogConsumer consumer);
    }

    private final Source source;
    private final FxPump pump;
    private final ReadOnlyObjectWrapper<KeptLines> kept = new ReadOnlyObjectWrapper<>(new KeptLines());
    private final ReadOnlyLongWrapper count = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper unseen = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper changes = new ReadOnlyLongWrapper();
    private final ReadOnlyBooleanWrapper dropped = new ReadOnlyBooleanWrapper();
    private final BooleanProperty following = new SimpleBooleanProperty(true);
    private final BooleanProperty timestamps = new SimpleBooleanProperty(false);
    private final BooleanProperty wrapping = new SimpleBooleanProperty(false);
    private final ObjectProperty<LogStreams> streams = new SimpleObjectProperty<>(LogStreams.BOTH);
    private final FoundLines found;
    private final FailurePlace place = new FailurePlace();
    private Optional<Instant> clearedAt = Optional.empty();
    private long seen;
    private long reading;

    public LogsViewModel(EngineSession session, FxPump pump) {
        this((id, query, consumer) -> session.engine().containers().logs(id, query, consumer), pump);
    }

    public LogsViewModel(Source source, FxPump pump) {
        this.source = source;
        this.pump = pump;
        this.found = new FoundLines(kept, streams, pump);
        following.subscribe(this::changed);
        streams.subscribe(() -> {
            seen = lines().end(streams.get());
            changed();
        });
    }

    /// Reads the log from its beginning, or from where it was cleared, and goes on until closed.
    public AutoCloseable follow(ContainerId id) {
        KeptLines fresh = new KeptLines();
        kept.set(fresh);
        seen = 0;
        place.clear();
        changed();
        long mine = ++reading;
        Consumer<List<Boolean>> arrived = pump.batched(1, some -> {
            if (mine == reading) {
                changed();
            }
        });
        LogQuery tail = LogQuery.ALL.withTail(KeptLines.ASKED).withFollow(true);
        LogQuery query = clearedAt.map(tail::withSince).orElse(tail);
        CompletableFuture<Subscription> opened = new CompletableFuture<>();
        Thread.ofVirtual().name("darsena-logs").start(() -> open(id, query, fresh, arrived, opened));
        return () -> {
            reading++;
            opened.thenAcceptAsync(
                    Subscription::close, task -> Thread.ofVirtual().start(task));
        };
    }

    private void open(
            ContainerId id,
            LogQuery query,
            KeptLines fresh,
            Consumer<List<Boolean>> arrived,
            CompletableFuture<Subscription> opened) {
        try {
            opened.complete(source.logs(id, query, new LogConsumer() {
                @Override
                public void records(List<LogRecord> batch) {
                    fresh.append(batch);
                    arrived.accept(List.of(true));
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

    private void changed() {
        long end = lines().end(streams.get());
        if (following.get()) {
            seen = end;
        }
        count.set(lines().count(streams.get()));
        unseen.set(Math.max(0, end - seen));
        dropped.set(lines().dropped());
        changes.set(changes.get() + 1);
        found.goOn();
    }

    /// Forgets what is shown; the log itself stays whole.
    public void clear() {
        clearedAt = lines().newest().map(newest -> newest.plusNanos(1)).or(() -> clearedAt);
        lines().clear();
        seen = lines().end(streams.get());
        changed();
    }

    /// Shows again what was cleared away, from the next [#follow] on; for another container.
    public void unclear() {
        clearedAt = Optional.empty();
    }

    public KeptLines lines() {
        return kept.get();
    }

    public ReadOnlyObjectProperty<KeptLines> kept() {
        return kept.getReadOnlyProperty();
    }

    /// How many lines there are to be seen.
    public ReadOnlyLongProperty count() {
        return count.getReadOnlyProperty();
    }

    /// How many have come since following was paused.
    public ReadOnlyLongProperty unseen() {
        return unseen.getReadOnlyProperty();
    }

    /// Another number whenever lines have come or gone.
    public ReadOnlyLongProperty changes() {
        return changes.getReadOnlyProperty();
    }

    /// Whether older lines had to go.
    public ReadOnlyBooleanProperty dropped() {
        return dropped.getReadOnlyProperty();
    }

    /// Whether the newest line is kept in view.
    public BooleanProperty following() {
        return following;
    }

    public BooleanProperty timestamps() {
        return timestamps;
    }

    /// Whether lines that are too long go on below.
    public BooleanProperty wrapping() {
        return wrapping;
    }

    public ObjectProperty<LogStreams> streams() {
        return streams;
    }

    public FoundLines found() {
        return found;
    }

    public FailurePlace place() {
        return place;
    }
}
