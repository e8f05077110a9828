package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.container.StopOptions;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.runtime.Sandbox;
import io.darsena.runtime.SandboxExit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Ends runs of a container, and enters the state that an end leads to. Needs no command lock: a kill overtakes a stop
/// that waits.
final class RunEnding {

    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);
    private static final int KILLED = 128 + 9;

    private final ContainerSurroundings around;
    private final LifecycleState state;

    RunEnding(ContainerSurroundings around, LifecycleState state) {
        this.around = around;
        this.state = state;
    }

    /// Signals, waits, kills, waits. Returns when the run has ended.
    void end(Trigger wish, StopOptions options) {
        ContainerDefinition definition = state.record().definition();
        long before = state.ends();
        boolean signalled = state.with(() -> {
            Optional<Sandbox> sandbox = state.sandbox();
            sandbox.ifPresent(running -> {
                state.intend(Optional.of(wish));
                running.signal(options.signal().orElse(definition.stopSignal()).number());
            });
            return sandbox.isPresent();
        });
        if (signalled) {
            thaw();
            if (!state.awaitEnd(before, options.timeout().orElse(definition.stopTimeout()))) {
                killNow(before);
            }
        }
    }

    /// Kills the run that was going on when there had been `before` ends, and waits for its end.
    void killNow(long before) {
        boolean signalled = state.with(() -> {
            Optional<Sandbox> sandbox = state.sandbox().filter(running -> state.ends() == before);
            sandbox.ifPresent(running -> running.signal(Signal.KILL.number()));
            return sandbox.isPresent();
        });
        if (signalled) {
            thaw();
            state.awaitEnd(before, AS_LONG_AS_IT_TAKES);
        }
    }

    /// Returns when the signal is sent; for KILL, when the run, or the restart, has ended.
    void kill(Signal signal) {
        boolean fatal = signal.equals(Signal.KILL);
        long before = state.with(() -> {
            state.require(Trigger.KILL);
            Optional<Sandbox> sandbox = state.sandbox();
            if (fatal || sandbox.isEmpty()) {
                state.intend(Optional.of(Trigger.KILL));
            }
            sandbox.ifPresent(running -> {
                running.signal(signal.number());
                state.tell(ContainerAction.KILL);
            });
            return state.ends();
        });
        if (fatal) {
            thaw();
            state.awaitEnd(before, AS_LONG_AS_IT_TAKES);
        }
    }

    /// Kills what runs, or calls a restart off, without waiting.
    ///
    /// @param wish what the end shall be counted as
    void wish(Trigger wish) {
        state.change(() -> {
            if (state.status() == ContainerStatus.RESTARTING) {
                state.intend(Optional.of(Trigger.KILL));
            }
            state.sandbox().ifPresent(running -> {
                state.intend(Optional.of(wish));
                running.signal(Signal.KILL.number());
            });
        });
        thaw();
    }

    /// A frozen process takes no signal, on v1 not even KILL.
    private void thaw() {
        if (state.status() == ContainerStatus.PAUSED) {
            freeze(false);
        }
    }

    /// One that has just ended is no error.
    void freeze(boolean frozen) {
        try {
            around.cgroups().freeze(state.id(), frozen);
        } catch (RuntimeException failure) {
            if (state.sandbox().isPresent()) {
                throw new FailedException(
                        frozen ? "pause" : "resume",
                        "container " + state.name(),
                        String.valueOf(failure.getMessage()),
                        "");
            }
        }
    }

    /// The runtime has told of an end.
    ///
    /// @return false when it was not the end of the run that goes on
    boolean ended(SandboxExit exit) {
        boolean oomKills = around.cgroups().oomKills(state.id()) > 0;
        return state.with(() -> {
            Optional<Sandbox> over = state.sandbox().filter(running -> running.run() == exit.run());
            over.ifPresent(running -> {
                running.close();
                state.runs(Optional.empty());
                enter(new RunEnd(exit, state.intent(), oomKills));
            });
            return over.isPresent();
        });
    }

    private void enter(RunEnd end) {
        if (end.state().cause() == ExitCause.OUT_OF_MEMORY) {
            state.tell(ContainerAction.OOM);
        }
        state.recordEnd(end.state());
        Instant at = end.state().since();
        switch (end.trigger()) {
            case RESTART -> state.move(Trigger.RESTART, new ContainerState.Restarting(at), ContainerAction.DIE);
            case FORCE_REMOVE -> state.move(Trigger.FORCE_REMOVE, new ContainerState.Removing(at), ContainerAction.DIE);
            default -> state.settle(end.trigger(), end.state(), ContainerAction.DIE);
        }
    }

    /// Between the end and the new start of a restart somebody may have wished it ended for good; then it is.
    boolean callsOffRestart() {
        return state.with(() -> {
            if (state.status() != ContainerStatus.RESTARTING) {
                return true;
            }
            Optional<Trigger> wish = state.intent();
            if (wish.equals(Optional.of(Trigger.RESTART))) {
                return false;
            }
            Instant now = Instant.now();
            ContainerState.Exited exited = state.lastEnd()
                    .map(end -> new ContainerState.Exited(end.code(), end.signal(), end.cause(), end.startedAt(), now))
                    .orElseGet(
                            () -> new ContainerState.Exited(KILLED, OptionalInt.empty(), ExitCause.KILLED, now, now));
            state.recordEnd(exited);
            Trigger trigger = wish.filter(wanted -> wanted == Trigger.STOP).orElse(Trigger.KILL);
            state.settle(trigger, exited, ContainerAction.STOP);
            return true;
        });
    }
}
