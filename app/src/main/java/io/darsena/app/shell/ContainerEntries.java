package io.darsena.app.shell;

import io.darsena.app.action.Action;
import io.darsena.app.action.Action.Group;
import io.darsena.app.containers.item.ContainerActions;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.TriggerWords;
import io.darsena.app.screen.ComparedSides.OfContainer;
import io.darsena.app.screen.WindowContext;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// What the palette offers of each container: to look at it, and what its state
/// allows and can be taken back; what cannot is asked first.
final class ContainerEntries {

    private static final List<Trigger> OFFERED =
            List.of(Trigger.START, Trigger.RESUME, Trigger.PAUSE, Trigger.STOP, Trigger.RESTART);

    private final WindowContext context;
    private final ContainerMenu menu;

    ContainerEntries(WindowContext context, ContainerMenu menu) {
        this.context = context;
        this.menu = menu;
    }

    Stream<Action> entries() {
        return context.session().containers().values().stream()
                .sorted(Comparator.comparing(Container::name))
                .flatMap(this::entries);
    }

    private Stream<Action> entries(Container container) {
        Stream<Action> requests = OFFERED.stream()
                .filter(trigger -> ContainerActions.allows(container, trigger))
                .map(trigger -> entry(
                        container,
                        word(trigger),
                        named("action." + word(trigger), container),
                        TriggerWords.icon(trigger),
                        () -> menu.ask(trigger, container)));
        Action open = entry(
                container,
                "open",
                named("action.open", container),
                Feather.BOX,
                () -> context.navigation().showContainer(container.id()));
        Action rename = entry(
                container,
                "rename",
                context.messages().text("action.renameNamed", container.name()),
                Feather.EDIT_2,
                () -> menu.rename(container));
        Action compare = entry(
                container,
                "compare",
                context.messages().text("images.compareNamed", container.name()),
                Feather.COLUMNS,
                () -> context.navigation().askWhatToCompare(Optional.of(OfContainer.of(container))));
        return Stream.of(Stream.of(open), requests, Stream.of(rename, compare), commit(container), removal(container))
                .flatMap(entries -> entries);
    }

    /// As the menu does.
    private Stream<Action> commit(Container container) {
        Action commit = entry(
                container,
                "commit",
                context.messages().text("action.commitNamed", container.name()),
                Feather.GIT_COMMIT,
                () -> context.navigation().commit(container.id(), List.of()));
        return Stream.of(commit).filter(entry -> ContainerActions.canBeRecreated(container));
    }

    private Stream<Action> removal(Container container) {
        return ContainerActions.removal(container).stream()
                .map(trigger -> entry(
                        container,
                        "remove",
                        context.messages().text("action." + word(trigger) + "Named", container.name()),
                        TriggerWords.icon(trigger),
                        () -> menu.ask(trigger, container)));
    }

    private static Action entry(Container container, String word, String words, Ikon icon, Runnable deed) {
        return new Action(
                "container." + container.id().shortId() + "." + word,
                Group.CONTAINERS,
                words,
                icon,
                List.of(),
                () -> true,
                deed);
    }

    private static String word(Trigger trigger) {
        return trigger.name().toLowerCase(Locale.ROOT);
    }

    private String named(String verb, Container container) {
        return context.messages().text("action.named", context.messages().text(verb), container.name());
    }
}
