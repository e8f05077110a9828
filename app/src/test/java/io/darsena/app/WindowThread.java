package io.darsena.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.FxPump;
import io.darsena.bridge.Engine;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A window's thread and its session without a window: what view models need to be tested with no toolkit.
public final class WindowThread implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// A command that ends after its window tells nobody.
    private final ExecutorService thread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy());
    private final FxPump pump = FxPump.by(thread);
    private final EngineSession session = new EngineSession(pump);
    private final Commands commands = new Commands(session, pump);

    public WindowThread(Engine engine) {
        run(() -> session.open(() -> engine));
        until(() -> session.stage().get() instanceof EngineStage.Open
                && session.images().size() == engine.images().list().size());
    }

    public FxPump pump() {
        return pump;
    }

    public EngineSession session() {
        return session;
    }

    public Commands commands() {
        return commands;
    }

    /// As [#doing], of what has no result.
    public void run(Runnable work) {
        doing(() -> {
            work.run();
            return true;
        });
    }

    /// Runs on the window's thread and waits for the result.
    public <T> T doing(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable problem) {
                result.completeExceptionally(problem);
            }
        });
        return result.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// Asks on the window's thread until it is so.
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
        session.close();
        pump.close();
        thread.shutdown();
    }
}
