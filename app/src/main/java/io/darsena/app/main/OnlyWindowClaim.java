package io.darsena.app.main;

import io.darsena.bridge.error.EngineException;
import io.darsena.launch.OnlyWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out, while JavaFX starts, whether this window is the only one on its data. What keeps it from finding out is
/// no reason not to open: whether the engine can be had is told in the window.
final class OnlyWindowClaim implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OnlyWindowClaim.class);

    private final CompletableFuture<Outcome> outcome;

    private record Outcome(boolean first, Optional<OnlyWindow> window) {}

    private OnlyWindowClaim(CompletableFuture<Outcome> outcome) {
        this.outcome = outcome;
    }

    /// Of a window that may have company.
    static OnlyWindowClaim none() {
        return new OnlyWindowClaim(CompletableFuture.completedFuture(new Outcome(true, Optional.empty())));
    }

    static OnlyWindowClaim begin(Optional<Path> root) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("darsena-only-window").start(() -> outcome.complete(claimed(root)));
        return new OnlyWindowClaim(outcome);
    }

    private static Outcome claimed(Optional<Path> root) {
        try {
            Optional<OnlyWindow> window = OnlyWindow.claim(root);
            return new Outcome(window.isPresent(), window);
        } catch (IOException | EngineException unknown) {
            LOG.warn("whether another window is open could not be found out: {}", unknown.getMessage());
            return new Outcome(true, Optional.empty());
        }
    }

    /// Waits for the answer.
    boolean isFirst() {
        return outcome.join().first();
    }

    void whenAnotherOpens(Runnable show) {
        outcome.join().window().ifPresent(window -> window.whenAsked(show));
    }

    @Override
    public void close() {
        outcome.thenAccept(known -> known.window().ifPresent(OnlyWindow::close));
    }
}
