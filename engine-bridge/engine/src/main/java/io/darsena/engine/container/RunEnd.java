package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.Signal;
import io.darsena.runtime.SandboxExit;
import java.util.Optional;
import java.util.OptionalInt;

/// How a run ended, and what it means in view of what was asked for.
///
/// @param intent what somebody wanted of the run when it ended
/// @param outOfMemory the kernel has killed in its cgroup
record RunEnd(SandboxExit exit, Optional<Trigger> intent, boolean outOfMemory) {

    private static final int LOST = 255;
    private static final int KILLED = 128 + 9;

    ContainerState.Exited state() {
        return new ContainerState.Exited(
                exit.lost() ? LOST : exit.code(), exit.signal(), cause(), exit.startedAt(), exit.exitedAt());
    }

    Trigger trigger() {
        return intent.orElse(Trigger.PROCESS_ENDED);
    }

    private ExitCause cause() {
        if (exit.lost()) {
            return ExitCause.LOST;
        }
        boolean killed = exit.signal().equals(OptionalInt.of(Signal.KILL.number()));
        if (intent.isEmpty()) {
            // A shell that lost its child to the kernel ends with the same code as if itself were hit.
            return outOfMemory && (killed || exit.code() == KILLED) ? ExitCause.OUT_OF_MEMORY : ExitCause.ENDED;
        }
        return switch (intent.get()) {
            case KILL, FORCE_REMOVE -> ExitCause.KILLED;
            case STOP, RESTART -> killed ? ExitCause.KILLED : ExitCause.STOPPED;
            default -> ExitCause.ENDED;
        };
    }
}
