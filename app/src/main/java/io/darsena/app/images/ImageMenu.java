package io.darsena.app.images;

import io.darsena.app.control.Confirmation;
import io.darsena.app.control.CopyButton;
import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.ComparedSides.Here;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.sync.UpdateMark;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.TagSync;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.ButtonType;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextInputDialog;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The menu of an image, the same under its ⋮, its right click and its keys.
public final class ImageMenu {

    public static final KeyCombination REMOVE = new KeyCodeCombination(KeyCode.DELETE);
    public static final KeyCombination RUN = new KeyCodeCombination(KeyCode.ENTER);

    private static final int MOST_NAMES = 5;

    private final WindowContext context;
    private final Messages messages;
    private final ImageActions actions;
    private final Supplier<@Nullable Window> owner;
    private final Consumer<ImageRow> inspector;
    private final SaveAs saveAs;

    ImageMenu(
            WindowContext context,
            ImageActions actions,
            Supplier<@Nullable Window> owner,
            Consumer<ImageRow> inspector) {
        this.context = context;
        this.messages = context.messages();
        this.actions = actions;
        this.owner = owner;
        this.inspector = inspector;
        this.saveAs = new SaveAs(context, owner);
    }

    /// Of one image everything, of several what can be done with them together.
    ContextMenu of(List<ImageRow> rows) {
        if (rows.size() == 1) {
            return of(rows.getFirst());
        }
        MenuItem ids = item(
                "action.copyIds",
                null,
                () -> copy(rows.stream()
                        .map(row -> row.now().id().toString())
                        .distinct()
                        .collect(Collectors.joining("\n"))));
        ContextMenu menu = new ContextMenu(ids, saveAs.menu(rows), new SeparatorMenuItem(), removal(rows));
        if (rows.size() == 2) {
            MenuItem compare = item("images.compare", null, () -> compare(rows));
            compare.setGraphic(new FontIcon(Feather.COLUMNS));
            menu.getItems().addFirst(compare);
        }
        return menu;
    }

    /// Offers the kinds of archive that several are saved to together.
    void saveAs(List<ImageRow> rows, Node below) {
        saveAs.show(rows, below);
    }

    /// Asks where one is saved.
    void saveAs(ImageRow row, ArchiveFormat format) {
        saveAs.ask(format, List.of(row.reference()));
    }

    /// Two of them; the older one is what the other has come from.
    void compare(List<ImageRow> rows) {
        List<Here> sides = rows.stream()
                .sorted(Comparator.comparing(row -> row.created().orElse(Instant.MIN)))
                .map(ImageMenu::side)
                .toList();
        context.navigation().compare(new ComparedSides(sides.getFirst(), sides.getLast()));
    }

    private static Here side(ImageRow row) {
        return new Here(row.now().id(), row.reference());
    }

    private MenuItem removal(List<ImageRow> rows) {
        MenuItem remove = item("action.remove", REMOVE, () -> remove(rows));
        remove.setGraphic(new FontIcon(Feather.TRASH_2));
        return remove;
    }

    ContextMenu of(ImageRow row) {
        ContextMenu menu = new ContextMenu();
        MenuItem now = item("images.run", null, () -> run(row));
        now.setGraphic(new FontIcon(Feather.PLAY));
        MenuItem remove = removal(List.of(row));
        menu.getItems()
                .addAll(
                        now,
                        item("images.runWith", RUN, () -> runDialog(row)),
                        new SeparatorMenuItem(),
                        item("images.inspect", null, () -> inspector.accept(row)),
                        item(
                                "images.compareWith",
                                null,
                                () -> context.navigation().askWhatToCompare(Optional.of(side(row)))),
                        item("images.tag", null, () -> askForTag(row)));
        if (row.name().isPresent()) {
            menu.getItems().add(item("images.untag", null, () -> actions.untag(row)));
        }
        row.sync().get().ifPresent(tag -> menu.getItems().addAll(sync(row, tag)));
        menu.getItems().add(push(row));
        menu.getItems()
                .add(item("action.copyId", null, () -> copy(row.now().id().toString())));
        row.name().ifPresent(name -> menu.getItems().add(item("images.copyName", null, () -> copy(name.familiar()))));
        menu.getItems().addAll(new SeparatorMenuItem(), saveAs.menu(List.of(row)), new SeparatorMenuItem(), remove);
        return menu;
    }

    private List<MenuItem> sync(ImageRow row, TagSync tag) {
        List<MenuItem> items = new ArrayList<>();
        items.add(new SeparatorMenuItem());
        if (hasUpdate(row)) {
            MenuItem update = item("sync.do.update", null, () -> update(row));
            update.setGraphic(new FontIcon(Feather.ARROW_UP_CIRCLE));
            items.add(update);
            MenuItem compare = item("sync.do.compare", UpdateMark.KEY, () -> compareWithUpdate(row));
            compare.setGraphic(new FontIcon(Feather.COLUMNS));
            items.add(compare);
        }
        items.add(item("sync.do.check", null, () -> actions.check(row)));
        if (!(tag.standing() instanceof Standing.LocalOnly)) {
            CheckMenuItem automatic = new CheckMenuItem(messages.text("sync.do.autoPull"));
            automatic.setId("menu-autoPull");
            automatic.setSelected(tag.autoPull());
            automatic.setOnAction(event -> actions.autoPull(row, automatic.isSelected()));
            items.add(automatic);
        }
        items.add(new SeparatorMenuItem());
        return items;
    }

    /// Pulls what the name stands for now; the platform stays.
    void update(ImageRow row) {
        row.name()
                .ifPresent(name -> context.transfers()
                        .pull(new PullRequest(name, Optional.of(row.now().platform()), Optional.empty())));
    }

    /// Its registry has something newer under its name.
    static boolean hasUpdate(ImageRow row) {
        return row.sync()
                .get()
                .filter(tag -> tag.standing() instanceof Standing.UpdateAvailable)
                .isPresent();
    }

    /// What would change, before anything is pulled.
    void compareWithUpdate(ImageRow row) {
        row.name().ifPresent(name -> context.navigation().compare(ComparedSides.withUpdate(row.now(), name)));
    }

    private MenuItem push(ImageRow row) {
        MenuItem push = item("images.push", null, () -> context.navigation().push(row.reference()));
        push.setGraphic(new FontIcon(Feather.UPLOAD_CLOUD));
        return push;
    }

    private MenuItem item(String key, @Nullable KeyCombination shortcut, Runnable action) {
        MenuItem item = new MenuItem(messages.text(key));
        item.setId("menu-" + key.substring(key.indexOf('.') + 1).replace("do.", ""));
        item.setAccelerator(shortcut);
        item.setOnAction(event -> action.run());
        return item;
    }

    /// One click: a container as the image says.
    void run(ImageRow row) {
        actions.run(row, context.navigation()::showContainer);
    }

    void runDialog(ImageRow row) {
        context.navigation().run(Optional.of(row.reference()));
    }

    /// What is in the trash keeps its image; whether it shall go with it is asked.
    void remove(List<ImageRow> rows) {
        List<String> pinning = pinning(rows);
        if (pinning.isEmpty()) {
            actions.remove(rows);
            return;
        }
        String subject = rows.size() == 1 ? rows.getFirst().reference() : messages.text("bulk.images", rows.size());
        String named = String.join(", ", pinning.subList(0, Math.min(MOST_NAMES, pinning.size())))
                + (pinning.size() > MOST_NAMES ? ", …" : "");
        Confirmation.ask(
                owner.get(),
                messages.text("confirm.pinned.title", subject),
                messages.text("confirm.pinned.text", pinning.size(), named),
                messages.text(rows.size() == 1 ? "confirm.pinned.verb" : "confirm.pinnedSeveral.verb"),
                messages.text("confirm.cancel"),
                () -> actions.removeWithTrash(rows));
    }

    /// Names of what lies in the trash and keeps images that no other container keeps.
    private List<String> pinning(List<ImageRow> rows) {
        Set<ImageId> going = ImageActions.wholeImages(
                rows.stream().filter(row -> row.users().get().isEmpty()).toList());
        return context.session().trash().values().stream()
                .filter(entry -> going.contains(entry.image()))
                .map(entry -> entry.container().name())
                .sorted()
                .toList();
    }

    private static void copy(String text) {
        CopyButton.copy(text);
    }

    /// Asks for another name.
    void askForTag(ImageRow row) {
        TextInputDialog dialog = new TextInputDialog(row.name()
                .map(ImageReference::familiarRepository)
                .map(name -> name + ":")
                .orElse(""));
        dialog.initOwner(owner.get());
        dialog.setTitle(messages.text("tag.title", row.reference()));
        dialog.setHeaderText(null);
        dialog.setGraphic(null);
        dialog.setContentText(messages.text("tag.label"));
        dialog.getDialogPane()
                .lookupButton(ButtonType.OK)
                .disableProperty()
                .bind(dialog.getEditor()
                        .textProperty()
                        .map(typed -> ImagesViewModel.nameProblem(typed).isPresent()));
        dialog.setOnHidden(event -> {
            String name = dialog.getResult();
            if (name != null) {
                actions.tag(row, ImageReference.parse(name.strip()));
            }
        });
        dialog.show();
        dialog.getEditor().end();
    }
}
