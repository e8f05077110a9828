package io.darsena.app.containers.item;

import io.darsena.app.control.Confirmation;
import io.darsena.app.control.CopyButton;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.Lifecycle.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
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
import org.kordamp.ikonli.javafx.FontIcon;

/// The menu of a container, the same under its ⋮, its right click and its keys; and the questions that some requests
/// need before they are carried out.
public final class ContainerMenu {

    public static final KeyCombination START_STOP = new KeyCodeCombination(KeyCode.SPACE, KeyCombination.SHORTCUT_DOWN);
    public static final KeyCombination PAUSE_RESUME = new KeyCodeCombination(KeyCode.P, KeyCombination.SHORTCUT_DOWN);
    public static final KeyCombination RESTART = new KeyCodeCombination(KeyCode.R, KeyCombination.SHORTCUT_DOWN);
    public static final KeyCombination RENAME = new KeyCodeCombination(KeyCode.F2);
    public static final KeyCombination REMOVE = new KeyCodeCombination(KeyCode.DELETE);
    public static final KeyCombination OPEN = new KeyCodeCombination(KeyCode.ENTER);

    private static final List<Trigger> ORDER =
            List.of(Trigger.START, Trigger.RESUME, Trigger.PAUSE, Trigger.STOP, Trigger.RESTART, Trigger.KILL);

    private final Messages messages;
    private final ContainerActions actions;
    private final Supplier<@Nullable Window> owner;
    private Consumer<ContainerId> opener = id -> {};

    public ContainerMenu(Messages messages, ContainerActions actions, Supplier<@Nullable Window> owner) {
        this.messages = messages;
        this.actions = actions;
        this.owner = owner;
    }

    /// Says what Open does.
    public void onOpen(Consumer<ContainerId> opening) {
        opener = opening;
    }

    /// Shows the menu below a button.
    public void show(Container container, Node below) {
        of(container).show(below, Side.BOTTOM, 0, 0);
    }

    /// Shows the menu at a place of the screen.
    public void show(Container container, Node owning, double screenX, double screenY) {
        of(container).show(owning, screenX, screenY);
    }

    /// Made for this one time: a menu that belonged to a control would give its keys to the whole window.
    private ContextMenu of(Container container) {
        ContextMenu menu = new ContextMenu(items(container).toArray(new MenuItem[0]));
        menu.setId("container-menu");
        return menu;
    }

    private List<MenuItem> items(Container container) {
        List<MenuItem> items = new ArrayList<>();
        items.add(item("action.open", OPEN, () -> opener.accept(container.id())));
        items.add(new SeparatorMenuItem());
        ORDER.stream()
                .filter(trigger -> ContainerActions.allows(container, trigger))
                .forEach(trigger -> items.add(item(trigger, container)));
        items.add(new SeparatorMenuItem());
        items.add(item("action.rename", RENAME, () -> rename(container)));
        items.add(
                item("action.copyId", null, () -> CopyButton.copy(container.id().hex())));
        ContainerActions.removal(container).ifPresent(removal -> {
            items.add(new SeparatorMenuItem());
            items.add(item(removal, container));
        });
        return items;
    }

    private MenuItem item(Trigger trigger, Container container) {
        MenuItem item = item(
                "action." + trigger.name().toLowerCase(Locale.ROOT),
                shortcut(trigger, container),
                () -> ask(trigger, container));
        item.setGraphic(new FontIcon(TriggerWords.icon(trigger)));
        item.setId("menu-" + trigger.name().toLowerCase(Locale.ROOT));
        return item;
    }

    private static @Nullable KeyCombination shortcut(Trigger trigger, Container container) {
        if (ContainerActions.toggle(container)
                .filter(toggle -> toggle == trigger)
                .isPresent()) {
            return START_STOP;
        }
        return switch (trigger) {
            case PAUSE, RESUME -> PAUSE_RESUME;
            case RESTART -> RESTART;
            case REMOVE, FORCE_REMOVE -> REMOVE;
            case START, STOP, KILL, PROCESS_ENDED, RESTARTED, RESTART_FAILED, REMOVE_FAILED -> null;
        };
    }

    private MenuItem item(String key, @Nullable KeyCombination shortcut, Runnable action) {
        MenuItem item = new MenuItem(messages.text(key));
        item.setAccelerator(shortcut);
        item.setOnAction(event -> action.run());
        return item;
    }

    /// Carries a request out, after a question where it would lose work.
    public void ask(Trigger trigger, Container container) {
        if (trigger != Trigger.FORCE_REMOVE) {
            actions.perform(trigger, container.id());
            return;
        }
        Confirmation.ask(
                owner.get(),
                messages.text("confirm.forceRemove.title", container.name()),
                messages.text("confirm.forceRemove.text"),
                messages.text("confirm.forceRemove.verb"),
                messages.text("confirm.cancel"),
                () -> actions.perform(trigger, container.id()));
    }

    /// What the keys of the list mean for the chosen container.
    ///
    /// @return whether the key meant anything
    public boolean key(KeyEvent event, Container container) {
        Optional<Runnable> action = Optional.empty();
        if (OPEN.match(event)) {
            action = Optional.of(() -> opener.accept(container.id()));
        } else if (RENAME.match(event)) {
            action = Optional.of(() -> rename(container));
        } else if (REMOVE.match(event)) {
            action = ContainerActions.removal(container).map(trigger -> () -> ask(trigger, container));
        } else if (START_STOP.match(event)) {
            action = ContainerActions.toggle(container).map(trigger -> () -> ask(trigger, container));
        } else if (PAUSE_RESUME.match(event)) {
            action = Stream.of(Trigger.PAUSE, Trigger.RESUME)
                    .filter(trigger -> ContainerActions.allows(container, trigger))
                    .<Runnable>map(trigger -> () -> ask(trigger, container))
                    .findFirst();
        } else if (RESTART.match(event) && ContainerActions.allows(container, Trigger.RESTART)) {
            action = Optional.of(() -> ask(Trigger.RESTART, container));
        }
        action.ifPresent(Runnable::run);
        return action.isPresent();
    }

    private void rename(Container container) {
        new RenameDialog(messages, container.name(), name -> actions.rename(container.id(), name)).show(owner.get());
    }
}
