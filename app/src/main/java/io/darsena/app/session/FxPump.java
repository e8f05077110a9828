package io.darsena.app.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place where work hops to the JavaFX thread. What an engine tells on its own threads goes through
/// one of three gates: [#ordered] for events (all of them, in order), [#latest] for metrics (only the
/// newest), [#batched] for logs (the newest so many, a few times a second). All gates may be called from any
/// thread.
public final class FxPump implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FxPump.class);

    /// Between two deliveries of a batch: often enough to look live, rare enough to leave the thread to the person.
    private static final Duration BATCH_PAUSE = Duration.ofMillis(50);

    private final Executor hop;
    private final ScheduledExecutorService clock;
    private final Duration batchPause;

    private FxPump(Executor hop, Duration batchPause) {
        this.hop = hop;
        this.batchPause = batchPause;
        this.clock = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("darsena-clock").factory());
    }

    /// Hops to the JavaFX thread.
    public static FxPump toFxThread() {
        return new FxPump(Platform::runLater, BATCH_PAUSE);
    }

    /// Hops by the given executor and never waits: for tests of view models, without a toolkit.
    public static FxPump by(Executor hop) {
        return new FxPump(hop, Duration.ZERO);
    }

    public void run(Runnable work) {
        hop.execute(work);
    }

    /// Every item reaches the sink, in order; those that arrive together share one hop.
    public <T> Consumer<T> ordered(Consumer<? super T> sink) {
        Gate<T> gate = new Gate<>(Integer.MAX_VALUE, items -> items.forEach(sink), Duration.ZERO);
        return item -> gate.add(List.of(item));
    }

    /// Only the newest item reaches the sink; older ones that had no turn yet are dropped.
    public <T> Consumer<T> latest(Consumer<? super T> sink) {
        Gate<T> gate = new Gate<>(1, items -> sink.accept(items.getLast()), Duration.ZERO);
        return item -> gate.add(List.of(item));
    }

    /// Items reach the sink in order and in batches, a few times a second. A sink that keeps no more than `capacity`
    /// items loses nothing it would have kept.
    public <T> Consumer<List<T>> batched(int capacity, Consumer<? super List<T>> sink) {
        return new Gate<T>(capacity, sink, batchPause)::add;
    }

    /// Runs on the JavaFX thread again and again until closed. Unlike an animation it lets the toolkit sleep between.
    public Ticking every(Duration period, Runnable work) {
        Consumer<Boolean> tick = latest(ignored -> work.run());
        return unlessClosed(() -> clock.scheduleAtFixedRate(
                () -> tick.accept(true), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS));
    }

    /// Runs once on the JavaFX thread, later, unless closed before.
    public Ticking after(Duration delay, Runnable work) {
        return unlessClosed(() -> clock.schedule(() -> hop.execute(work), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    /// A window that is being closed may still ask for the next second: there will be none.
    private static Ticking unlessClosed(Supplier<ScheduledFuture<?>> scheduled) {
        try {
            ScheduledFuture<?> future = scheduled.get();
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            LOG.debug("nothing ticks any more: the window is closed");
            return () -> {};
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /// Something that goes on until it is closed.
    @FunctionalInterface
    public interface Ticking extends AutoCloseable {
        @Override
        void close();
    }

    /// Collects items until the next hop. Its lock guards `waiting`; at most one hop is under way.
    private final class Gate<T> {

        private final int capacity;
        private final Consumer<? super List<T>> sink;
        private final Duration pause;
        private final Deque<T> waiting = new ArrayDeque<>();
        private final AtomicBoolean underWay = new AtomicBoolean();

        Gate(int capacity, Consumer<? super List<T>> sink, Duration pause) {
            this.capacity = capacity;
            this.sink = sink;
            this.pause = pause;
        }

        void add(List<T> items) {
            synchronized (waiting) {
                waiting.addAll(items);
                while (waiting.size() > capacity) {
                    waiting.removeFirst();
                }
            }
            if (underWay.compareAndSet(false, true)) {
                deliverLater();
            }
        }

        private void deliverLater() {
            if (pause.isZero()) {
                hop.execute(this::deliver);
                return;
            }
            try {
                clock.schedule(() -> hop.execute(this::deliver), pause.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                LOG.debug("nobody looks any more: the window is closed");
            }
        }

        private void deliver() {
            underWay.set(false);
            List<T> batch;
            synchronized (waiting) {
                batch = new ArrayList<>(waiting);
                waiting.clear();
            }
            if (!batch.isEmpty()) {
                sink.accept(batch);
            }
        }
    }
}
