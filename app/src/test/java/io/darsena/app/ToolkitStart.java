package io.darsena.app;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;

/// Starts the JavaFX toolkit once for all tests of this JVM, and does things on its thread.
public final class ToolkitStart {

    private static boolean started;

    private ToolkitStart() {}

    public static synchronized void once() {
        if (!started) {
            CompletableFuture<Void> up = new CompletableFuture<>();
            UnseenScreen.prepare();
            try {
                Platform.startup(() -> up.complete(null));
                up.orTimeout(30, TimeUnit.SECONDS).join();
            } catch (IllegalStateException startedByTestFx) {
                up.complete(null);
            }
            Platform.setImplicitExit(false);
            started = true;
        }
    }

    /// As [#onFxThread], of what has no result.
    public static void doing(Runnable work) {
        onFxThread(() -> {
            work.run();
            return true;
        });
    }

    /// Runs on the JavaFX thread and waits for the result; there already, it runs at once.
    public static <T> T onFxThread(Callable<T> work) {
        once();
        if (Platform.isFxApplicationThread()) {
            try {
                return work.call();
            } catch (RuntimeException problem) {
                throw problem;
            } catch (Exception problem) {
                throw new IllegalStateException(problem);
            }
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable problem) {
                result.completeExceptionally(problem);
            }
        });
        return result.orTimeout(30, TimeUnit.SECONDS).join();
    }
}
