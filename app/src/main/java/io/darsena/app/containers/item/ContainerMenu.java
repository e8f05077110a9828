package io.darsena.app.containers.item;

import io.darsena.app.control.CopyButton;
import io.darsena.app.control.Pictogram;
import io.darsena.app.sync.UpdateMark;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The menu of a container or of several, the same under ⋮, right click and keys. Some requests are carried out after
/// a question only ([ContainerQuestions]).
public final class ContainerMenu {

    public static final KeyCombination START_STOP = new KeyCodeCombination(KeyCode.SPACE, KeyCombination.SHORTCUT_DOWN);
    public static final KeyCombination PAUSE_RESUME = new KeyCodeCombination(KeyCode.P, KeyCombination.SHORTCUT_DOWN);
    public static final KeyCombination RESTART = new KeyCodeCombination(KeyCode.R, KeyCombination.SHORTCUT_DOWN);
    public static final KeyCombination RENAME = new KeyCodeCombination(KeyCode.F2);
    public static final KeyCombination REMOVE = new KeyCodeCombination(KeyCode.DELETE);
    public static final KeyCombination OPEN = new KeyCodeCombination(KeyCode.ENTER);

    /// What moves a container, in the order of menus and bars.
    public static final List<Trigger> ORDER =
            List.of(Trigger.START, Trigger.RESUME, Trigger.PAUSE, Trigger.STOP, Trigger.RESTART, Trigger.KILL);

    private final Messages messages;
    private final ContainerActions actions;
    private final Supplier<@Nullable Window> owner;
    private final ContainerQuestions questions;
    private Consumer<ContainerId> opener = id -> {};
    private Consumer<ContainerId> committer = id -> {};
    private Predicate<ContainerId> older = id -> false;
    private Consumer<ContainerId> updater = id -> {};
    private Consumer<Container> comparer = container -> {};

    public ContainerMenu(Messages messages, ContainerActions actions, Supplier<@Nullable Window> owner) {
        this.messages = messages;
        this.actions = actions;
        this.owner = owner;
        this.questions = new ContainerQuestions(messages, actions, owner);
    }

    /// Says what Open does.
    public void onOpen(Consumer<ContainerId> opening) {
        opener = opening;
    }

    /// Says what Commit… does.
    public void onCommit(Consumer<ContainerId> committing) {
        committer = committing;
    }

    /// Says which containers run an older image than its name stands for now, and what its entry for the newer one
    /// does.
    public void onNewer(Predicate<ContainerId> runsOlder, Consumer<ContainerId> showing) {
        older = runsOlder;
        updater = showing;
    }

    /// Says what Compare with… does.
    public void onCompare(Consumer<Container> comparing) {
        comparer = comparing;
    }

    /// Shows the menu below a button.
    public void show(Container container, Node below) {
        of(List.of(container)).show(below, Side.BOTTOM, 0, 0);
    }

    /// Made for this one time: a menu that belonged to a control would give its keys to the whole window.
    public ContextMenu of(List<Container> containers) {
        List<MenuItem> items = containers.size() == 1 ? items(containers.getFirst()) : items(containers);
        ContextMenu menu = new ContextMenu(items.toArray(new MenuItem[0]));
        menu.setId("container-menu");
        return menu;
    }

    private List<MenuItem> items(Container container) {
        List<MenuItem> items = new ArrayList<>();
        items.add(item("action.open", OPEN, () -> opener.accept(container.id())));
        items.add(new SeparatorMenuItem());
        ORDER.stream()
                .filter(trigger -> ContainerActions.allows(container, trigger))
                .forEach(trigger -> items.add(item(trigger, List.of(container))));
        items.add(new SeparatorMenuItem());
        items.add(item("action.rename", RENAME, () -> rename(container)));
        if (older.test(container.id())) {
            MenuItem newer = item("action.newer", UpdateMark.KEY, () -> updater.accept(container.id()));
            newer.setId("menu-newer");
            newer.setGraphic(new FontIcon(Feather.ARROW_UP_CIRCLE));
            items.add(newer);
        }
        MenuItem compare = item("images.compareWith", null, () -> comparer.accept(container));
        compare.setId("menu-compare");
        items.add(compare);
        if (ContainerActions.canBeRecreated(container)) {
            MenuItem recreate = item("action.recreate", null, () -> recreate(container));
            recreate.setId("menu-recreate");
            items.add(recreate);
            MenuItem commit = item("action.commit", null, () -> committer.accept(container.id()));
            commit.setId("menu-commit");
            items.add(commit);
        }
        items.add(
                item("action.copyId", null, () -> CopyButton.copy(container.id().hex())));
        ContainerActions.removal(container).ifPresent(removal -> {
            items.add(new SeparatorMenuItem());
            items.add(item(removal, List.of(container)));
        });
        return items;
    }

    private List<MenuItem> items(List<Container> containers) {
        List<MenuItem> items = new ArrayList<>();
        ORDER.stream()
                .filter(trigger ->
                        containers.stream().anyMatch(container -> ContainerActions.allows(container, trigger)))
                .forEach(trigger -> items.add(item(trigger, containers)));
        items.add(new SeparatorMenuItem());
        items.add(item("action.copyIds", null, () -> CopyButton.copy(ids(containers))));
        if (containers.stream()
                .anyMatch(container -> ContainerActions.removal(container).isPresent())) {
            items.add(new SeparatorMenuItem());
            items.add(item(Trigger.REMOVE, containers));
        }
        return items;
    }

    private static String ids(List<Container> containers) {
        return String.join(
                "\n", containers.stream().map(container -> container.id().hex()).toList());
    }

    private MenuItem item(Trigger trigger, List<Container> containers) {
        String word = trigger.name().toLowerCase(Locale.ROOT);
        MenuItem item = item("action." + word, shortcut(trigger, containers), () -> ask(trigger, containers));
        item.setGraphic(Pictogram.of(TriggerWords.icon(trigger)));
        item.setId("menu-" + word);
        return item;
    }

    private static @Nullable KeyCombination shortcut(Trigger trigger, List<Container> containers) {
        if (toggle(containers).filter(toggle -> toggle == trigger).isPresent()) {
            return START_STOP;
        }
        return switch (trigger) {
            case PAUSE, RESUME -> PAUSE_RESUME;
            case RESTART -> RESTART;
            case REMOVE, FORCE_REMOVE -> REMOVE;
            case START, STOP, KILL, PROCESS_ENDED, RESTARTED, RESTART_FAILED, REMOVE_FAILED -> null;
        };
    }

    /// Of several, what the first one that can be moved does, as a light switch for a whole room.
    private static Optional<Trigger> toggle(List<Container> containers) {
        return containers.stream()
                .flatMap(container -> ContainerActions.toggle(container).stream())
                .findFirst();
    }

    private MenuItem item(String key, @Nullable KeyCombination shortcut, Runnable action) {
        MenuItem item = new MenuItem(messages.text(key));
        item.setAccelerator(shortcut);
        item.setOnAction(event -> action.run());
        return item;
    }

    /// Carries a request out, after a question where it would lose work.
    public void ask(Trigger trigger, Container container) {
        questions.ask(trigger, container);
    }

    /// As [#ask(Trigger, Container)], of those among several that allow it.
    public void ask(Trigger trigger, List<Container> containers) {
        if (containers.size() == 1) {
            questions.ask(trigger, containers.getFirst());
        } else {
            questions.ask(trigger, containers);
        }
    }

    /// What the keys of the list mean for the chosen containers.
    ///
    /// @return whether the key meant anything
    public boolean key(KeyEvent event, List<Container> containers) {
        Optional<Runnable> action = containers.size() == 1 ? ofOne(event, containers.getFirst()) : Optional.empty();
        if (action.isEmpty()) {
            action = meant(event, containers).map(trigger -> () -> ask(trigger, containers));
        }
        action.ifPresent(Runnable::run);
        return action.isPresent();
    }

    private Optional<Runnable> ofOne(KeyEvent event, Container container) {
        if (OPEN.match(event)) {
            return Optional.of(() -> opener.accept(container.id()));
        }
        if (UpdateMark.KEY.match(event) && older.test(container.id())) {
            return Optional.of(() -> updater.accept(container.id()));
        }
        return RENAME.match(event) ? Optional.of(() -> rename(container)) : Optional.empty();
    }

    private static Optional<Trigger> meant(KeyEvent event, List<Container> containers) {
        if (REMOVE.match(event)) {
            return containers.stream()
                    .flatMap(container -> ContainerActions.removal(container).stream())
                    .findFirst();
        }
        if (START_STOP.match(event)) {
            return toggle(containers);
        }
        Stream<Trigger> wanted = PAUSE_RESUME.match(event)
                ? Stream.of(Trigger.PAUSE, Trigger.RESUME)
                : RESTART.match(event) ? Stream.of(Trigger.RESTART) : Stream.empty();
        return wanted.filter(trigger ->
                        containers.stream().anyMatch(container -> ContainerActions.allows(container, trigger)))
                .findFirst();
    }

    /// Makes it anew from what its image's name stands for now, after a question.
    public void recreate(Container container) {
        questions.recreate(container);
    }

    /// Asks for a new name.
    public void rename(Container container) {
        new RenameDialog(messages, container.name(), name -> actions.rename(container.id(), name)).show(owner.get());
    }
}
