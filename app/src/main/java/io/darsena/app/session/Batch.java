package io.darsena.app.session;

import io.darsena.bridge.Engine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request to many things, a few of them at a time. What fails does not keep the others from going on.
public final class Batch {

    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    /// Starting and stopping wait more than they work; more at a time only makes each of them slower.
    private static final int AT_A_TIME = 8;

    private final String operation;
    private final List<Item> items;
    private final ReadOnlyIntegerWrapper done = new ReadOnlyIntegerWrapper();
    private Command command = new Command();
    private volatile boolean cancelled;

    /// @param name as the person knows it
    public record Item(String name, Commands.Work work) {}

    public record Failed(String name, Failure failure) {}

    private Batch(String operation, List<Item> items) {
        this.operation = operation;
        this.items = List.copyOf(items);
    }

    /// Begins. JavaFX thread only.
    ///
    /// @param operation as in [Failure#operation]
    /// @param ended hears on the JavaFX thread what failed, also after a cancel
    public static Batch run(
            Commands commands, FxPump pump, String operation, List<Item> items, BiConsumer<Batch, List<Failed>> ended) {
        Batch batch = new Batch(operation, items);
        FailurePlace nowhere = new FailurePlace();
        List<Failed> failures = new ArrayList<>();
        Consumer<Integer> progress = pump.latest(batch.done::set);
        batch.command = commands.run(nowhere, engine -> batch.carryOut(engine, failures, progress));
        batch.command.running().subscribe(running -> {
            if (!running) {
                batch.done.set(items.size());
                ended.accept(batch, byName(failures));
            }
        });
        return batch;
    }

    private static List<Failed> byName(List<Failed> failures) {
        synchronized (failures) {
            return failures.stream().sorted(Comparator.comparing(Failed::name)).toList();
        }
    }

    private void carryOut(Engine engine, List<Failed> failures, Consumer<Integer> progress)
            throws InterruptedException {
        AtomicInteger finished = new AtomicInteger();
        Semaphore places = new Semaphore(AT_A_TIME);
        try (ExecutorService workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("darsena-batch").factory())) {
            try {
                for (Item item : items) {
                    places.acquire();
                    workers.execute(() -> {
                        one(engine, item, failures);
                        progress.accept(finished.incrementAndGet());
                        places.release();
                    });
                }
                places.acquire(AT_A_TIME);
            } catch (InterruptedException cancelled) {
                workers.shutdownNow();
                throw cancelled;
            }
        }
    }

    private void one(Engine engine, Item item, List<Failed> failures) {
        try {
            item.work().on(engine);
        } catch (Exception problem) {
            if (cancelled) {
                return;
            }
            LOG.info("{} of {} failed: {}", operation, item.name(), problem.getMessage());
            synchronized (failures) {
                failures.add(new Failed(item.name(), Failure.of(problem)));
            }
        }
    }

    /// As in [Failure#operation].
    public String operation() {
        return operation;
    }

    public int size() {
        return items.size();
    }

    /// How many have ended, well or not.
    public ReadOnlyIntegerProperty done() {
        return done.getReadOnlyProperty();
    }

    public boolean isOver() {
        return !command.running().get();
    }

    /// Begins no more; what is under way may still come to pass.
    public void cancel() {
        cancelled = true;
        command.cancel();
    }
}
