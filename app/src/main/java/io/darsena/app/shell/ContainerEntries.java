package io.darsena.app.shell;

import io.darsena.app.action.Action;
import io.darsena.app.action.Action.Group;
import io.darsena.app.containers.ContainersView;
import io.darsena.app.containers.item.ContainerActions;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.TriggerWords;
import io.darsena.app.control.CopyButton;
import io.darsena.app.screen.ComparedSides.OfContainer;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.sync.OlderImage;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// What the palette offers of each container: all that its menu does, to look at it, and what its state allows. What
/// ends what runs or cannot be taken back is asked first.
final class ContainerEntries {

    private final WindowContext context;
    private final ShellView shell;
    private final ContainerMenu menu;

    ContainerEntries(WindowContext context, ShellView shell) {
        this.context = context;
        this.shell = shell;
        this.menu = shell.containerMenu();
    }

    Stream<Action> entries() {
        return context.session().containers().values().stream()
                .sorted(Comparator.comparing(Container::name))
                .flatMap(this::entries);
    }

    private Stream<Action> entries(Container container) {
        Stream<Action> requests = ContainerMenu.ORDER.stream()
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
        Action copy = entry(
                container,
                "copyId",
                context.messages().text("images.copyIdOf", container.name()),
                Feather.COPY,
                () -> CopyButton.copy(container.id().hex()));
        return Stream.of(
                        Stream.of(open),
                        requests,
                        Stream.of(rename),
                        newer(container),
                        Stream.of(compare),
                        madeOfIt(container),
                        Stream.of(copy),
                        removal(container))
                .flatMap(entries -> entries);
    }

    private Stream<Action> newer(Container container) {
        boolean older =
                OlderImage.of(container, context.session().images().values()).isPresent();
        return Stream.of(entry(
                        container,
                        "newer",
                        context.messages().text("action.newerNamed", container.name()),
                        Feather.ARROW_UP_CIRCLE,
                        () -> shell.at(Section.CONTAINERS, ContainersView.class).showNewer(container.id())))
                .filter(entry -> older);
    }

    /// As the menu does.
    private Stream<Action> madeOfIt(Container container) {
        Action recreate = entry(
                container,
                "recreate",
                context.messages().text("action.recreateNamed", container.name()),
                Feather.REPEAT,
                () -> menu.recreate(container));
        Action commit = entry(
                container,
                "commit",
                context.messages().text("action.commitNamed", container.name()),
                Feather.GIT_COMMIT,
                () -> context.navigation().commit(container.id(), List.of()));
        return Stream.of(recreate, commit).filter(entry -> ContainerActions.canBeRecreated(container));
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
