package io.darsena.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A thread that plays the JavaFX thread for tests of view models: no toolkit starts.
public final class WindowThread implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// A command that ends after its window tells nobody: a refusal would fail whichever test runs by then.
    private final ExecutorService executor = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy());
    private final FxPump pump = FxPump.by(executor);

    public FxPump pump() {
        return pump;
    }

    Thread thread() {
        return doing(Thread::currentThread);
    }

    /// As [#doing], of what has no result.
    public void run(Runnable work) {
        doing(() -> {
            work.run();
            return true;
        });
    }

    /// Runs on that thread and waits for the result.
    public <T> T doing(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable problem) {
                result.completeExceptionally(problem);
            }
        });
        return result.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// Asks on that thread until it is so.
    public void until(Callable<Boolean> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean met = doing(condition);
        while (!met && System.nanoTime() < end) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(interrupted);
            }
            met = doing(condition);
        }
        assertThat(met).as("within %s", PATIENCE).isTrue();
    }

    @Override
    public void close() {
        pump.close();
        executor.shutdownNow();
    }
}
