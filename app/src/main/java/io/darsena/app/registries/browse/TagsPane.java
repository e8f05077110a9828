package io.darsena.app.registries.browse;

import io.darsena.app.control.Confirmation;
import io.darsena.app.control.CopyButton;
import io.darsena.app.list.ListCells;
import io.darsena.app.list.ListTable;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The tags of the chosen repository, what the chosen one stands for, and what can be done with it. Enter pulls.
final class TagsPane extends VBox {

    private final WindowContext context;
    private final Messages messages;
    private final BrowseViewModel model;
    private final Supplier<@Nullable Window> owner;
    private final ListTable<TagEntry> table = new ListTable<>();
    private final Node facts;

    TagsPane(WindowContext context, BrowseViewModel model, Supplier<@Nullable Window> owner) {
        this.context = context;
        this.messages = context.messages();
        this.model = model;
        this.owner = owner;
        getStyleClass().add("browse-column");
        setMinWidth(0);
        TextField filter = new TextField();
        filter.setId("tag-search");
        filter.setPromptText(messages.text("browse.filterTags"));
        filter.setAccessibleText(filter.getPromptText());
        filter.textProperty().bindBidirectional(model.tagWords());
        makeTable();
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(BrowsePane.sought(filter), table);
        facts = new RemoteFacts(messages, model);
    }

    private void makeTable() {
        table.setId("tags");
        table.getStyleClass().add("list");
        table.setAccessibleText(messages.text("browse.tags"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns()
                .setAll(List.of(
                        column("browse.tag", 150, () -> ListCells.text(TagEntry::tag, "strong")),
                        column(
                                "browse.here",
                                80,
                                () -> ListCells.mark(TagEntry::here, messages.text("browse.isHere.words"))),
                        column("column.actions", 78, this::actions)));
        if (model.isSearched()) {
            table.getColumns().add(1, column("browse.size", 80, () -> ListCells.text(this::size, "numeric")));
            table.getColumns().add(2, column("browse.updated", 90, () -> ListCells.text(this::updated, "muted")));
        }
        table.showRows(model.tags(), context.pump()::run, TagEntry::tag);
        table.setPlaceholder(new AskedPlaceholder(
                messages,
                model.tagList(),
                () -> messages.text(model.repository().get().isPresent() ? "browse.noTags" : "browse.chooseRepository"),
                model.repository()));
        table.selectedRows()
                .subscribe(rows -> model.chooseTag(
                        rows.size() == 1 ? Optional.of(rows.getFirst().name()) : Optional.empty()));
        table.onOpen(entry -> model.pull(entry.name()));
        table.onMenu(rows -> menu(rows.getFirst()));
        table.onKey(this::pressed);
    }

    private String size(TagEntry entry) {
        return entry.size().isPresent()
                ? messages.quantities().sizeInColumn(entry.size().getAsLong())
                : "";
    }

    private String updated(TagEntry entry) {
        return entry.updated()
                .map(at -> messages.quantities().ago(at, Instant.now()))
                .orElse("");
    }

    private TableColumn<TagEntry, TagEntry> column(
            String key, double width, Supplier<TableCell<TagEntry, TagEntry>> cell) {
        TableColumn<TagEntry, TagEntry> column = new TableColumn<>(messages.text(key));
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, 78));
        column.setSortable(false);
        column.setReorderable(false);
        switch (key) {
            case "column.actions" -> column.getStyleClass().add("trailing");
            case "browse.size" -> column.getStyleClass().add("numeric");
            default -> {}
        }
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(shown -> cell.get());
        return column;
    }

    private TableCell<TagEntry, TagEntry> actions() {
        Button pull = ListCells.button(Feather.DOWNLOAD_CLOUD);
        Button delete = ListCells.button(Feather.X_CIRCLE);
        delete.getStyleClass().add("for-good");
        delete.setVisible(model.canDelete());
        delete.setManaged(model.canDelete());
        return ListCells.node(
                ListCells.buttons(pull, delete),
                (box, entry) -> {
                    String name = entry.name().familiar();
                    ListCells.name(pull, messages.text("browse.pullNamed", name));
                    ListCells.name(delete, messages.text("browse.deleteNamed", name));
                    pull.setOnAction(event -> model.pull(entry.name()));
                    delete.setOnAction(event -> askToDelete(entry));
                },
                entry -> messages.text("action.of", entry.name().familiar()));
    }

    private ContextMenu menu(TagEntry entry) {
        ContextMenu menu = new ContextMenu(
                item("browse.pull", Feather.DOWNLOAD_CLOUD, () -> model.pull(entry.name())),
                item(
                        "images.copyName",
                        Feather.COPY,
                        () -> CopyButton.copy(entry.name().familiar())));
        if (model.canDelete()) {
            menu.getItems().add(item("browse.delete", Feather.X_CIRCLE, () -> askToDelete(entry)));
        }
        return menu;
    }

    private MenuItem item(String key, Ikon icon, Runnable action) {
        MenuItem item = new MenuItem(messages.text(key), new FontIcon(icon));
        item.setId("menu-" + key.substring(key.indexOf('.') + 1));
        item.setOnAction(event -> action.run());
        return item;
    }

    private boolean pressed(KeyEvent key, List<TagEntry> rows) {
        if (key.getCode() == KeyCode.DELETE && model.canDelete() && rows.size() == 1) {
            askToDelete(rows.getFirst());
            return true;
        }
        return false;
    }

    private void askToDelete(TagEntry entry) {
        Confirmation.ask(
                owner.get(),
                messages.text("confirm.deleteTag.title", entry.name().familiar()),
                messages.text("confirm.deleteTag.text"),
                messages.text("confirm.deleteTag.verb"),
                messages.text("confirm.cancel"),
                () -> model.delete(entry.name()));
    }

    /// What the chosen tag stands for: a line below both lists.
    Node facts() {
        return facts;
    }

    void focusList() {
        table.requestFocus();
    }

    /// The digest of what the chosen tag stands for, for which platforms it is, and what a pull would fetch.
    private static final class RemoteFacts extends VBox {

        RemoteFacts(Messages messages, BrowseViewModel model) {
            getStyleClass().add("remote-facts");
            setMinHeight(USE_PREF_SIZE);
            Label digest = new Label();
            digest.getStyleClass().add("mono");
            digest.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
            digest.setTooltip(new Tooltip());
            digest.setMinWidth(96);
            digest.setMaxWidth(190);
            CopyButton copy = new CopyButton(messages.text("browse.copyDigest"), digest::getText);
            copy.setId("copy-remote-digest");
            Label facts = new Label();
            facts.getStyleClass().add("muted");
            facts.setTooltip(new Tooltip());
            facts.setMinWidth(0);
            HBox line = new HBox(digest, copy, facts);
            line.getStyleClass().add("line");
            Label trouble = new Label();
            trouble.getStyleClass().add("muted");
            trouble.setWrapText(true);
            getChildren().addAll(line, trouble);
            model.description().place().failure().subscribe(failure -> {
                trouble.setText(failure.map(why ->
                                messages.text("browse.refused", new EngineWords(messages).sentence(why.reason())))
                        .orElse(""));
                trouble.setVisible(failure.isPresent());
                trouble.setManaged(failure.isPresent());
            });
            model.remote().subscribe(remote -> {
                line.setVisible(remote.isPresent());
                line.setManaged(remote.isPresent());
                remote.ifPresent(image -> {
                    digest.setText(image.digest().toString());
                    digest.getTooltip().setText(digest.getText());
                    String platforms = String.join(", ", image.platforms());
                    String missing = image.missing().isEmpty()
                            ? messages.text("browse.notForThisMachine")
                            : image.missing().getAsLong() == 0
                                    ? messages.text("browse.nothingMissing")
                                    : messages.text(
                                            "browse.missing",
                                            messages.quantities()
                                                    .size(image.missing().getAsLong()));
                    facts.setText(platforms.isEmpty() ? missing : missing + " · " + platforms);
                    facts.getTooltip().setText(facts.getText());
                });
            });
        }
    }
}
