package io.darsena.bridge.container;

import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.error.ConflictException;
import java.util.Locale;

/// What every engine answers to a request that the state table has no arrow for: the same words everywhere.
public final class LifecycleRefusal {

    private static final String STOP_FIRST = "stop it first, or force its removal";

    private LifecycleRefusal() {}

    /// Whether a request asks for what is already so, and is left alone without an error, as Docker does.
    public static boolean isAlreadySo(ContainerStatus from, Trigger trigger) {
        return switch (trigger) {
            case START -> from == ContainerStatus.RUNNING;
            case STOP -> from == ContainerStatus.EXITED || from == ContainerStatus.CREATED;
            case PAUSE,
                    RESUME,
                    KILL,
                    RESTART,
                    REMOVE,
                    FORCE_REMOVE,
                    PROCESS_ENDED,
                    RESTARTED,
                    RESTART_FAILED,
                    REMOVE_FAILED -> false;
        };
    }

    /// `cannot pause container web-1: it is exited; start it first`
    public static ConflictException of(Trigger trigger, String name, ContainerStatus from) {
        String verb = switch (trigger) {
            case FORCE_REMOVE -> "remove";
            default -> trigger.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        };
        return new ConflictException(
                verb, "container " + name, "it is " + from.name().toLowerCase(Locale.ROOT), remedy(trigger, from));
    }

    private static String remedy(Trigger trigger, ContainerStatus from) {
        return switch (from) {
            case CREATED, EXITED -> "start it first";
            case RUNNING -> trigger == Trigger.REMOVE ? STOP_FIRST : "there is nothing to do";
            case PAUSED ->
                switch (trigger) {
                    case REMOVE -> STOP_FIRST;
                    case START -> "resume it instead";
                    default -> "there is nothing to do";
                };
            case RESTARTING -> "wait until it runs, or stop it";
            case REMOVING -> "it will be gone in a moment";
            case DEAD -> "it can only be removed; remove it again";
        };
    }
}
