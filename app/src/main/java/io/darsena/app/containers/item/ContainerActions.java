package io.darsena.app.containers.item;

import io.darsena.app.list.BatchWords;
import io.darsena.app.session.Batch;
import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.text.Messages;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.Lifecycle;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.trash.TrashRefusal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Carries out what a person may ask of a container, or of several; the same object serves list, menu, keys and state
/// machine, so that all of them allow the same and show failures in the same place. JavaFX thread only.
public final class ContainerActions {

    private final Commands commands;
    private final FxPump pump;
    private final Messages messages;
    private static final Duration SECOND_THOUGHTS = Duration.ofSeconds(10);

    private final ReadOnlyObjectWrapper<List<ContainerId>> undoable = new ReadOnlyObjectWrapper<>(List.of());
    private FxPump.Ticking forgetting = () -> {};
    private final FailurePlace place = new FailurePlace();
    private final ReadOnlyObjectWrapper<Optional<Batch>> batch = new ReadOnlyObjectWrapper<>(Optional.empty());

    public ContainerActions(Commands commands, FxPump pump, Messages messages) {
        this.commands = commands;
        this.pump = pump;
        this.messages = messages;
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
        if (trigger == Trigger.REMOVE || trigger == Trigger.FORCE_REMOVE) {
            Set<ContainerId> put = ConcurrentHashMap.newKeySet();
            return commands.run(place, engine -> remove(engine, id, put), () -> removed(List.copyOf(put)));
        }
        return commands.run(place, engine -> ask(engine, trigger, id));
    }

    /// Asks it of each that allows it. What could not be done to some is shown as one failure, in one place.
    public void performAll(Trigger trigger, List<Container> all) {
        List<Container> able =
                all.stream().filter(container -> allows(container, trigger)).toList();
        carryOut(
                trigger.name().toLowerCase(Locale.ROOT),
                able.stream()
                        .map(container ->
                                new Batch.Item(container.name(), engine -> ask(engine, trigger, container.id())))
                        .toList(),
                () -> {});
    }

    private void carryOut(String operation, List<Batch.Item> items, Runnable after) {
        if (items.isEmpty()) {
            return;
        }
        place.clear();
        batch.set(Optional.of(Batch.run(commands, pump, operation, items, (over, failed) -> {
            after.run();
            ended(over, failed);
        })));
    }

    private void ended(Batch over, List<Batch.Failed> failed) {
        batch.get().filter(over::equals).ifPresent(last -> batch.set(Optional.empty()));
        if (!failed.isEmpty()) {
            place.show(BatchWords.failure(messages, "bulk.containers", over, failed));
        }
    }

    /// The last request to several that is not over yet.
    public ReadOnlyObjectProperty<Optional<Batch>> batch() {
        return batch.getReadOnlyProperty();
    }

    private static void ask(Engine engine, Trigger trigger, ContainerId id) {
        Containers containers = engine.containers();
        switch (trigger) {
            case START -> containers.start(id);
            case PAUSE -> containers.pause(id);
            case RESUME -> containers.resume(id);
            case STOP -> containers.stop(id);
            case KILL -> containers.kill(id, "KILL");
            case RESTART -> containers.restart(id);
            case REMOVE, FORCE_REMOVE -> remove(engine, id, ConcurrentHashMap.newKeySet());
            case PROCESS_ENDED, RESTARTED, RESTART_FAILED, REMOVE_FAILED ->
                throw new IllegalArgumentException(trigger + " happens; nobody can ask for it");
        }
    }

    /// Puts it into the trash, stopped if it runs. What the trash does not take goes for good: what is half removed
    /// already, and what removes itself when it is stopped.
    ///
    /// @param put where it is noted, if it lies in the trash then and can be taken back
    private static void remove(Engine engine, ContainerId id, Set<ContainerId> put) {
        Container now = engine.containers().container(id);
        if (now.status() == ContainerStatus.DEAD) {
            engine.containers().remove(id);
            return;
        }
        if (!TrashRefusal.accepts(now.status())) {
            engine.containers().stop(id);
            if (now.spec().autoRemove()) {
                return;
            }
        }
        try {
            engine.trash().put(id);
            put.add(id);
        } catch (NotFoundException gone) {
            if (!now.spec().autoRemove()) {
                throw gone;
            }
        }
    }

    /// Offers to take the removal back, for as long as it takes to read what happened and to reach for Undo.
    private void removed(List<ContainerId> ids) {
        forgetting.close();
        undoable.set(List.copyOf(ids));
        forgetting = pump.after(SECOND_THOUGHTS, () -> undoable.set(List.of()));
    }

    /// What was removed just now and can be taken back with [#undo].
    public ReadOnlyObjectProperty<List<ContainerId>> undoable() {
        return undoable.getReadOnlyProperty();
    }

    /// Takes the last removal back. What did not go through the trash stays gone.
    public void undo() {
        List<ContainerId> back = undoable.get();
        forgetting.close();
        undoable.set(List.of());
        carryOut(
                "restore",
                back.stream()
                        .map(id -> new Batch.Item(
                                id.shortId(), engine -> engine.trash().restore(id)))
                        .toList(),
                () -> {});
    }

    /// Removes them all; those that run are stopped first.
    public void removeAll(List<Container> all) {
        Set<ContainerId> put = ConcurrentHashMap.newKeySet();
        carryOut(
                "remove",
                all.stream()
                        .filter(container -> removal(container).isPresent())
                        .map(container ->
                                new Batch.Item(container.name(), engine -> remove(engine, container.id(), put)))
                        .toList(),
                () -> removed(List.copyOf(put)));
    }

    /// Brings back the image that Darsena came with.
    public Command restoreStarter() {
        return commands.run(place, engine -> engine.images().restoreStarter());
    }

    public Command rename(ContainerId id, String name) {
        return commands.run(place, engine -> engine.containers().rename(id, name));
    }

    /// As [Recreation] does it.
    public Command recreate(ContainerId id) {
        return commands.run(place, engine -> Recreation.of(engine, id));
    }

    /// Whether it can be made anew now.
    public static boolean canBeRecreated(Container container) {
        return container.activity().isEmpty()
                && container.status() != ContainerStatus.REMOVING
                && container.status() != ContainerStatus.DEAD;
    }

    /// Creates and starts. `started` hears its identity on the JavaFX thread, once it was started.
    public Command run(ContainerSpec spec, Consumer<? super ContainerId> started) {
        return commands.runContainer(place, spec, started);
    }
}
