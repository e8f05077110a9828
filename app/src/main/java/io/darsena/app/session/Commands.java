package io.darsena.app.session;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.settings.EngineSettings;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries what a person asks for to the engine, each command on a virtual thread of its own, and shows a failure at
/// the place where it was asked. Commands return nothing to the screen: what changed arrives as an event.
public final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    private final EngineSession session;
    private final FxPump pump;

    /// Completed when the last change of settings that was asked for is over.
    private CompletableFuture<Void> lastChange = CompletableFuture.completedFuture(null);

    public Commands(EngineSession session, FxPump pump) {
        this.session = session;
        this.pump = pump;
    }

    /// What is asked of an engine. Interruption cancels.
    @FunctionalInterface
    public interface Work {
        void on(Engine engine) throws Exception;
    }

    /// Begins the work and clears the place. To be called on the JavaFX thread.
    public Command run(FailurePlace place, Work work) {
        return run(place, work, () -> {});
    }

    /// As [#run(FailurePlace, Work)]; `succeeded` runs on the JavaFX thread when the work has ended well.
    public Command run(FailurePlace place, Work work, Runnable succeeded) {
        return run(place, work, succeeded, () -> {});
    }

    /// Changes the engine's settings. Changes are carried out in the order in which they are asked for, each on
    /// what the one before has made: two that follow each other closely neither overtake nor undo each other.
    public Command change(FailurePlace place, UnaryOperator<EngineSettings> change) {
        CompletableFuture<Void> before = lastChange;
        CompletableFuture<Void> mine = new CompletableFuture<>();
        lastChange = mine;
        return run(
                place,
                engine -> {
                    before.join();
                    engine.change(change.apply(engine.settings()));
                },
                () -> {},
                () -> mine.complete(null));
    }

    /// @param over runs on the command's own thread when the work has ended, well or not
    private Command run(FailurePlace place, Work work, Runnable succeeded, Runnable over) {
        place.clear();
        Command command = new Command();
        Thread thread = Thread.ofVirtual().name("darsena-command").unstarted(() -> {
            Runnable outcome;
            try {
                outcome = outcome(command, place, work, succeeded);
            } finally {
                over.run();
            }
            pump.run(() -> {
                command.ended();
                outcome.run();
            });
        });
        command.begin(thread);
        return command;
    }

    /// Creates and starts a container, as [NewContainer] does. `started` hears its identity on the JavaFX thread, once
    /// the session knows that it was started.
    public Command runContainer(FailurePlace place, ContainerSpec spec, Consumer<? super ContainerId> started) {
        AtomicReference<@Nullable ContainerId> made = new AtomicReference<>();
        return run(place, engine -> made.set(NewContainer.run(engine, spec)), () -> {
            ContainerId id = made.get();
            if (id != null) {
                session.whenStarted(id, () -> started.accept(id));
            }
        });
    }

    private Runnable outcome(Command command, FailurePlace place, Work work, Runnable succeeded) {
        try {
            work.on(session.engine());
            return succeeded;
        } catch (InterruptedException | CancellationException cancelled) {
            return () -> {};
        } catch (Exception problem) {
            if (command.isCancelled()) {
                return () -> {};
            }
            Failure failure = Failure.of(problem);
            if (problem instanceof EngineException) {
                LOG.info("command failed: {}", problem.getMessage());
            } else {
                LOG.warn("command failed unexpectedly", problem);
            }
            return () -> place.show(failure);
        }
    }
}
