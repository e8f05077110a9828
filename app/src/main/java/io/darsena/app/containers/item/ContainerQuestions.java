package io.darsena.app.containers.item;

import io.darsena.app.control.Confirmation;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.util.List;
import java.util.function.Supplier;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// What a person is asked before a request to containers that ends what runs, or cannot be undone. A question says
/// whether the container can be restored afterwards.
final class ContainerQuestions {

    private final Messages messages;
    private final ContainerActions actions;
    private final Supplier<@Nullable Window> owner;

    ContainerQuestions(Messages messages, ContainerActions actions, Supplier<@Nullable Window> owner) {
        this.messages = messages;
        this.actions = actions;
        this.owner = owner;
    }

    /// Carries the request out, after a question where one is needed.
    void ask(Trigger trigger, Container container) {
        switch (trigger) {
            case REMOVE, FORCE_REMOVE -> remove(trigger, container);
            case KILL -> kill(container);
            case START, PAUSE, RESUME, STOP, RESTART, PROCESS_ENDED, RESTARTED, RESTART_FAILED, REMOVE_FAILED ->
                actions.perform(trigger, container.id());
        }
    }

    /// As [#ask(Trigger, Container)], of those among several that allow it.
    void ask(Trigger trigger, List<Container> containers) {
        switch (trigger) {
            case REMOVE, FORCE_REMOVE -> removeAll(containers);
            case KILL -> killAll(containers);
            case START, PAUSE, RESUME, STOP, RESTART, PROCESS_ENDED, RESTARTED, RESTART_FAILED, REMOVE_FAILED ->
                actions.performAll(trigger, containers);
        }
    }

    private void remove(Trigger trigger, Container container) {
        Runnable removing = () -> actions.perform(trigger, container.id());
        if (container.status() == ContainerStatus.DEAD) {
            ask(
                    messages.text("confirm.purge.title", container.name()),
                    messages.text("confirm.removeDead.text"),
                    messages.text("confirm.purge.verb"),
                    removing);
        } else if (trigger == Trigger.FORCE_REMOVE) {
            ask(
                    messages.text("confirm.forceRemove.title", container.name()),
                    messages.text(
                            container.spec().autoRemove()
                                    ? "confirm.forceRemove.lost.text"
                                    : "confirm.forceRemove.text"),
                    messages.text("confirm.forceRemove.verb"),
                    removing);
        } else {
            removing.run();
        }
    }

    private void kill(Container container) {
        ask(
                messages.text("confirm.kill.title", container.name()),
                messages.text(container.spec().autoRemove() ? "confirm.kill.lost.text" : "confirm.kill.text"),
                messages.text("confirm.kill.verb"),
                () -> actions.perform(Trigger.KILL, container.id()));
    }

    private void killAll(List<Container> containers) {
        List<Container> able = containers.stream()
                .filter(container -> ContainerActions.allows(container, Trigger.KILL))
                .toList();
        long lost =
                able.stream().filter(container -> container.spec().autoRemove()).count();
        ask(
                messages.text("confirm.killAll.title", able.size()),
                messages.text("confirm.killAll.text", lost),
                messages.text("confirm.kill.verb"),
                () -> actions.performAll(Trigger.KILL, containers));
    }

    /// What runs among several is stopped before it is removed; that is asked first.
    private void removeAll(List<Container> containers) {
        long active = containers.stream().filter(ContainerQuestions::runs).count();
        long lost = containers.stream().filter(ContainerQuestions::goesForGood).count();
        if (active == 0 && lost == 0) {
            actions.removeAll(containers);
            return;
        }
        ask(
                messages.text("confirm.removeAll.title", containers.size()),
                messages.text("confirm.removeAll.text", active, lost),
                messages.text(active == 0 ? "confirm.removeAll.verb" : "confirm.forceRemove.verb"),
                () -> actions.removeAll(containers));
    }

    private static boolean runs(Container container) {
        return ContainerActions.removal(container)
                .filter(removal -> removal == Trigger.FORCE_REMOVE)
                .isPresent();
    }

    /// The trash takes neither what is half removed nor what removes itself when it is stopped.
    private static boolean goesForGood(Container container) {
        return ContainerActions.removal(container).isPresent()
                && (container.status() == ContainerStatus.DEAD
                        || runs(container) && container.spec().autoRemove());
    }

    /// Makes it anew from what its image's name stands for now.
    void recreate(Container container) {
        boolean lost = runs(container) && container.spec().autoRemove();
        ask(
                messages.text("confirm.recreate.title", container.name()),
                messages.text(
                        lost ? "confirm.recreate.lost.text" : "confirm.recreate.text",
                        container.spec().image()),
                messages.text("confirm.recreate.verb"),
                () -> actions.recreate(container.id()));
    }

    private void ask(String title, String explanation, String verb, Runnable agreed) {
        Confirmation.ask(owner.get(), title, explanation, verb, messages.text("confirm.cancel"), agreed);
    }
}
