package io.darsena.app.session;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A thread that plays the JavaFX thread for tests of view models: no toolkit starts.
public final class WindowThread implements AutoCloseable {

    /// A command that ends after its window tells nobody: a refusal would fail whichever test runs by then.
    private final ExecutorService executor = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy());
    private final FxPump pump = FxPump.by(executor);

    public FxPump pump() {
        return pump;
    }

    Thread thread() {
        return get(Thread::currentThread);
    }

    public void run(Runnable work) {
        get(() -> {
            work.run();
            return true;
        });
    }

    public <T> T get(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable problem) {
                result.completeExceptionally(problem);
            }
        });
        return result.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /// Waits until the condition holds on that thread.
    public void until(Callable<Boolean> condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        while (!get(condition)) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("it never came true");
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    @Override
    public void close() {
        pump.close();
        executor.shutdownNow();
    }
}
