package io.darsena.app.shell;

import io.darsena.app.action.Action;
import io.darsena.app.action.Action.Group;
import io.darsena.app.containers.item.ContainerActions;
import io.darsena.app.containers.item.TriggerWords;
import io.darsena.app.screen.WindowContext;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.kordamp.ikonli.feather.Feather;

/// What the palette offers of each container: to look at it, and what its state allows and can be taken back.
final class ContainerEntries {

    private static final List<Trigger> OFFERED =
            List.of(Trigger.START, Trigger.RESUME, Trigger.PAUSE, Trigger.STOP, Trigger.RESTART);

    private final WindowContext context;
    private final ContainerActions actions;

    ContainerEntries(WindowContext context, ContainerActions actions) {
        this.context = context;
        this.actions = actions;
    }

    Stream<Action> entries() {
        return context.session().containers().values().stream()
                .sorted(Comparator.comparing(Container::name))
                .flatMap(this::entries);
    }

    private Stream<Action> entries(Container container) {
        Action open = new Action(
                "container." + container.id().shortId() + ".open",
                Group.CONTAINERS,
                words("action.open", container),
                Feather.BOX,
                List.of(),
                () -> true,
                () -> context.navigation().showContainer(container.id()));
        Stream<Action> requests = OFFERED.stream()
                .filter(trigger -> ContainerActions.allows(container, trigger))
                .map(trigger -> request(trigger, container));
        return Stream.concat(Stream.of(open), requests);
    }

    private Action request(Trigger trigger, Container container) {
        String word = trigger.name().toLowerCase(Locale.ROOT);
        return new Action(
                "container." + container.id().shortId() + "." + word,
                Group.CONTAINERS,
                words("action." + word, container),
                TriggerWords.icon(trigger),
                List.of(),
                () -> true,
                () -> actions.perform(trigger, container.id()));
    }

    private String words(String verb, Container container) {
        return context.messages().text("action.named", context.messages().text(verb), container.name());
    }
}
