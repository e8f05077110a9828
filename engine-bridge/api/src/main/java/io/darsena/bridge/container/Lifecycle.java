package io.darsena.bridge.container;

import static io.darsena.bridge.container.ContainerStatus.CREATED;
import static io.darsena.bridge.container.ContainerStatus.DEAD;
import static io.darsena.bridge.container.ContainerStatus.EXITED;
import static io.darsena.bridge.container.ContainerStatus.PAUSED;
import static io.darsena.bridge.container.ContainerStatus.REMOVING;
import static io.darsena.bridge.container.ContainerStatus.RESTARTING;
import static io.darsena.bridge.container.ContainerStatus.RUNNING;

import java.util.List;
import java.util.Optional;

/// The one table of a container's life. The engine enforces it, the window draws it, the API answers from it.
public final class Lifecycle {

    private Lifecycle() {}

    /// What moves a container from one state to another: a request, or something that happens.
    public enum Trigger {
        START(true),
        PAUSE(true),
        RESUME(true),
        STOP(true),
        KILL(true),
        RESTART(true),
        REMOVE(true),
        FORCE_REMOVE(true),
        /// Its first process ended.
        PROCESS_ENDED(false),
        /// The second half of a restart succeeded.
        RESTARTED(false),
        /// The second half of a restart failed.
        RESTART_FAILED(false),
        REMOVE_FAILED(false);

        private final boolean request;

        Trigger(boolean request) {
            this.request = request;
        }

        /// Whether a person can ask for it.
        public boolean isRequest() {
            return request;
        }
    }

    /// One arrow.
    public record Transition(ContainerStatus from, Trigger trigger, ContainerStatus to) {}

    private static final List<Transition> TABLE = List.of(
            new Transition(CREATED, Trigger.START, RUNNING),
            new Transition(CREATED, Trigger.REMOVE, REMOVING),
            new Transition(CREATED, Trigger.FORCE_REMOVE, REMOVING),
            new Transition(RUNNING, Trigger.PAUSE, PAUSED),
            new Transition(RUNNING, Trigger.STOP, EXITED),
            new Transition(RUNNING, Trigger.KILL, EXITED),
            new Transition(RUNNING, Trigger.RESTART, RESTARTING),
            new Transition(RUNNING, Trigger.PROCESS_ENDED, EXITED),
            new Transition(RUNNING, Trigger.FORCE_REMOVE, REMOVING),
            new Transition(PAUSED, Trigger.RESUME, RUNNING),
            new Transition(PAUSED, Trigger.STOP, EXITED),
            new Transition(PAUSED, Trigger.KILL, EXITED),
            new Transition(PAUSED, Trigger.RESTART, RESTARTING),
            new Transition(PAUSED, Trigger.PROCESS_ENDED, EXITED),
            new Transition(PAUSED, Trigger.FORCE_REMOVE, REMOVING),
            new Transition(RESTARTING, Trigger.RESTARTED, RUNNING),
            new Transition(RESTARTING, Trigger.RESTART_FAILED, EXITED),
            new Transition(RESTARTING, Trigger.STOP, EXITED),
            new Transition(RESTARTING, Trigger.KILL, EXITED),
            new Transition(RESTARTING, Trigger.FORCE_REMOVE, REMOVING),
            new Transition(EXITED, Trigger.START, RUNNING),
            new Transition(EXITED, Trigger.RESTART, RESTARTING),
            new Transition(EXITED, Trigger.REMOVE, REMOVING),
            new Transition(EXITED, Trigger.FORCE_REMOVE, REMOVING),
            new Transition(REMOVING, Trigger.REMOVE_FAILED, DEAD),
            new Transition(DEAD, Trigger.REMOVE, REMOVING),
            new Transition(DEAD, Trigger.FORCE_REMOVE, REMOVING));

    public static List<Transition> transitions() {
        return TABLE;
    }

    /// Where a trigger leads from a state; empty when it is impossible there.
    public static Optional<ContainerStatus> target(ContainerStatus from, Trigger trigger) {
        return TABLE.stream()
                .filter(transition -> transition.from() == from && transition.trigger() == trigger)
                .map(Transition::to)
                .findFirst();
    }

    /// What a person can ask for in a state, in the table's order.
    public static List<Trigger> possible(ContainerStatus from) {
        return TABLE.stream()
                .filter(transition ->
                        transition.from() == from && transition.trigger().isRequest())
                .map(Transition::trigger)
                .toList();
    }
}
