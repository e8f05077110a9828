package io.darsena.engine.image;

import io.darsena.bridge.error.FailedException;
import io.darsena.engine.content.StorageFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Runs the layers of one image side by side. On platform threads: hashing would keep the few carriers of virtual
/// threads from everything else.
public final class LayerWork {

    private final String operation;
    private final String subject;
    private final int atOnce;

    /// @param operation a verb for messages
    public LayerWork(String operation, String subject, int atOnce) {
        this.operation = operation;
        this.subject = subject;
        this.atOnce = atOnce;
    }

    /// Returns the results in the order of the tasks. The first failure, or an interrupt of the calling thread,
    /// cancels the others; it returns or throws only when none runs any more.
    public <T> List<T> all(List<Callable<T>> tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(atOnce, tasks.size()),
                Thread.ofPlatform().name("darsena-layer-", 0).daemon().factory());
        CompletionService<T> completions = new ExecutorCompletionService<>(threads);
        List<Future<T>> futures = new ArrayList<>();
        try {
            tasks.forEach(task -> futures.add(completions.submit(task)));
            for (int i = 0; i < tasks.size(); i++) {
                completions.take().get();
            }
            return futures.stream().map(Future::resultNow).toList();
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } catch (InterruptedException e) {
            throw StorageFailure.cancelled(operation, subject);
        } finally {
            threads.shutdownNow();
            boolean interrupted = Thread.interrupted();
            threads.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RuntimeException rethrown(@Nullable Throwable cause) {
        return switch (cause) {
            case Error error -> throw error;
            case CancellationException cancelled ->
                new FailedException(operation, subject, "a layer's work was cancelled", "");
            case RuntimeException told -> told;
            case null, default -> new IllegalStateException(cause);
        };
    }
}
