package io.darsena.app.session;

import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/// One command under way.
public final class Command {

    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(true);
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
    private volatile boolean cancelled;

    Command() {}

    void begin(Thread worker) {
        thread.set(worker);
        worker.start();
    }

    /// On the JavaFX thread.
    void ended() {
        thread.set(null);
        running.set(false);
    }

    /// JavaFX thread only.
    public ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /// Interrupts the work, which may be too late. A cancelled command shows no failure.
    public void cancel() {
        cancelled = true;
        Thread worker = thread.get();
        if (worker != null) {
            worker.interrupt();
        }
    }
}
