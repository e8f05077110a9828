package io.darsena.app.containers.item;

import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.FailurePlace;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.Lifecycle;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.util.Optional;
import java.util.function.Consumer;

/// Carries out what a person may ask of a container; the same object serves list, menu, keys and state machine, so that
/// all of them allow the same and show failures in the same place.
public final class ContainerActions {

    private final Commands commands;
    private final FailurePlace place = new FailurePlace();

    public ContainerActions(Commands commands) {
        this.commands = commands;
    }

    public FailurePlace place() {
        return place;
    }

    /// Whether its table allows it now and nothing else is under way.
    public static boolean allows(Container container, Trigger trigger) {
        return container.activity().isEmpty()
                && Lifecycle.target(container.status(), trigger).isPresent();
    }

    /// What the toggle of a row does: start what does not run, resume what is paused, stop what runs.
    public static Optional<Trigger> toggle(Container container) {
        Trigger trigger = switch (container.status()) {
            case CREATED, EXITED -> Trigger.START;
            case RUNNING, RESTARTING -> Trigger.STOP;
            case PAUSED -> Trigger.RESUME;
            case REMOVING, DEAD -> Trigger.REMOVE;
        };
        return Optional.of(trigger).filter(wanted -> wanted != Trigger.REMOVE && allows(container, wanted));
    }

    /// What removing means now: plain for what has ended, by force for what runs.
    public static Optional<Trigger> removal(Container container) {
        if (allows(container, Trigger.REMOVE)) {
            return Optional.of(Trigger.REMOVE);
        }
        return Optional.of(Trigger.FORCE_REMOVE).filter(force -> allows(container, force));
    }

    public Command perform(Trigger trigger, ContainerId id) {
        return commands.run(place, engine -> ask(engine.containers(), trigger, id));
    }

    private static void ask(Containers containers, Trigger trigger, ContainerId id) {
        switch (trigger) {
            case START -> containers.start(id);
            case PAUSE -> containers.pause(id);
            case RESUME -> containers.resume(id);
            case STOP -> containers.stop(id);
            case KILL -> containers.kill(id, "KILL");
            case RESTART -> containers.restart(id);
            case REMOVE -> containers.remove(id);
            case FORCE_REMOVE -> containers.forceRemove(id);
            case PROCESS_ENDED, RESTARTED, RESTART_FAILED, REMOVE_FAILED ->
                throw new IllegalArgumentException(trigger + " happens; nobody can ask for it");
        }
    }

    public Command rename(ContainerId id, String name) {
        return commands.run(place, engine -> engine.containers().rename(id, name));
    }

    /// Creates and starts. `created` hears its identity on the thread of the command, before it is started.
    public Command run(ContainerSpec spec, Consumer<? super ContainerId> created) {
        return commands.run(place, engine -> {
            ContainerId id = engine.containers().create(spec);
            created.accept(id);
            engine.containers().start(id);
        });
    }
}
