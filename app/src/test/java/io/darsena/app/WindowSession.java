package io.darsena.app;

import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.WindowThread;
import io.darsena.bridge.Engine;
import java.util.concurrent.Callable;

/// A window's thread and its session without a window: what view models need to be tested with no toolkit.
public final class WindowSession implements AutoCloseable {

    private final WindowThread thread = new WindowThread();
    private final FxPump pump = thread.pump();
    private final EngineSession session = new EngineSession(pump);
    private final Commands commands = new Commands(session, pump);

    public WindowSession(Engine engine) {
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
        thread.run(work);
    }

    /// Runs on the window's thread and waits for the result.
    public <T> T doing(Callable<T> work) {
        return thread.doing(work);
    }

    /// Asks on the window's thread until it is so.
    public void until(Callable<Boolean> condition) {
        thread.until(condition);
    }

    @Override
    public void close() {
        session.close();
        thread.close();
    }
}
