package io.darsena.app.registries.browse;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.list.ListCells;
import io.darsena.app.list.ListTable;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.StarredNames;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.registry.RegistryHost;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A registry's repositories, and beside them the tags of the chosen one.
public final class BrowsePane extends VBox {

    private final Messages messages;
    private final BrowseViewModel model;
    private final StarredNames starred;
    private final TextField search = new TextField();
    private final ListTable<RepositoryEntry> table = new ListTable<>();

    public BrowsePane(WindowContext context, RegistryHost host, Supplier<@Nullable Window> owner) {
        this.messages = context.messages();
        this.starred = new StarredNames(context.memory());
        this.model = new BrowseViewModel(
                context.session(), context.registries(), context.commands(), context.transfers(), context.pump(), host);
        getStyleClass().add("browse");
        search.setId("repository-search");
        search.setPromptText(messages.text(model.isSearched() ? "browse.searchHub" : "browse.search"));
        search.setAccessibleText(search.getPromptText());
        search.textProperty().bindBidirectional(model.words());
        makeTable(context);
        VBox left = new VBox(sought(search), table);
        left.getStyleClass().add("browse-column");
        VBox.setVgrow(table, Priority.ALWAYS);
        TagsPane tags = new TagsPane(context, model, owner);
        table.onOpen(entry -> tags.focusList());
        left.setPrefWidth(100);
        tags.setPrefWidth(100);
        left.setMinWidth(0);
        HBox.setHgrow(left, Priority.ALWAYS);
        HBox.setHgrow(tags, Priority.ALWAYS);
        HBox both = new HBox(left, tags);
        both.getStyleClass().add("browse-columns");
        both.setMinHeight(0);
        VBox.setVgrow(both, Priority.ALWAYS);
        getChildren().addAll(new FailureBanner(messages, model.place()), both, tags.facts());
        SceneLife.of(this).during(model::follow);
    }

    /// A field with the mark of a search.
    static HBox sought(TextField field) {
        HBox box = new HBox(new FontIcon(Feather.SEARCH), field);
        box.getStyleClass().add("search-box");
        HBox.setHgrow(field, Priority.ALWAYS);
        return box;
    }

    private void makeTable(WindowContext context) {
        table.setId("repositories");
        table.getStyleClass().add("list");
        table.setAccessibleText(messages.text("registry.repositories"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns().add(column("browse.repository", 200, model::shown, "strong"));
        if (model.isSearched()) {
            table.getColumns().add(column("browse.stars", 84, this::stars, "numeric"));
            table.getColumns().add(column("browse.visibility", 84, this::visibility, "muted"));
            table.getColumns().add(column("browse.description", 220, this::description, "muted"));
        } else {
            table.getColumns().add(hereColumn());
        }
        table.getColumns().add(starColumn());
        table.onMenu(rows -> menu(rows.getFirst()));
        table.showRows(model.repositories(), context.pump()::run, RepositoryEntry::repository);
        table.setPlaceholder(new AskedPlaceholder(
                messages,
                model.search(),
                () -> messages.text(
                        model.isSearched() && model.words().get().strip().length() < 2
                                ? "browse.typeToSearch"
                                : "browse.none"),
                model.words()));
        table.selectedRows()
                .subscribe(rows -> model.choose(rows.stream().findFirst().map(RepositoryEntry::repository)));
    }

    private TableColumn<RepositoryEntry, RepositoryEntry> hereColumn() {
        TableColumn<RepositoryEntry, RepositoryEntry> column = column("browse.here", 80, entry -> "", "muted");
        column.setCellFactory(owner -> ListCells.mark(RepositoryEntry::here, messages.text("browse.isHere.words")));
        return column;
    }

    private TableColumn<RepositoryEntry, RepositoryEntry> starColumn() {
        TableColumn<RepositoryEntry, RepositoryEntry> column = column("star.column", 84, entry -> "", "muted");
        column.getStyleClass().add("trailing");
        column.setCellFactory(owner -> starCell());
        return column;
    }

    private TableCell<RepositoryEntry, RepositoryEntry> starCell() {
        Button star = ListCells.button(Feather.STAR);
        return ListCells.node(
                ListCells.buttons(star),
                (box, entry) -> {
                    star.getStyleClass().removeAll("starred");
                    if (starred.has(model.pulled(entry))) {
                        star.getStyleClass().add("starred");
                    }
                    ListCells.name(star, starWords(entry));
                    star.setOnAction(event -> star(entry));
                },
                this::starWords);
    }

    private String starWords(RepositoryEntry entry) {
        String name = model.pulled(entry);
        return messages.text(starred.has(name) ? "star.removeNamed" : "star.addNamed", name);
    }

    private void star(RepositoryEntry entry) {
        starred.toggle(model.pulled(entry));
        table.refresh();
    }

    private ContextMenu menu(RepositoryEntry entry) {
        MenuItem item = new MenuItem(starWords(entry), new FontIcon(Feather.STAR));
        item.setId("menu-star");
        item.setOnAction(event -> star(entry));
        return new ContextMenu(item);
    }

    private String visibility(RepositoryEntry entry) {
        return switch (entry.visibility()) {
            case PUBLIC -> messages.text("browse.public");
            case PRIVATE -> messages.text("browse.private");
            case UNKNOWN -> "";
        };
    }

    private String stars(RepositoryEntry entry) {
        return entry.stars() < 0 ? "" : "★ " + messages.quantities().count(entry.stars());
    }

    private String description(RepositoryEntry entry) {
        String official = entry.official() ? messages.text("browse.official") : "";
        String here = entry.here() ? messages.text("browse.isHere") : "";
        return String.join(
                " · ",
                java.util.stream.Stream.of(official, here, PlainText.line(entry.description()))
                        .filter(words -> !words.isBlank())
                        .toList());
    }

    private TableColumn<RepositoryEntry, RepositoryEntry> column(
            String key, double width, Function<RepositoryEntry, String> words, String style) {
        TableColumn<RepositoryEntry, RepositoryEntry> column = new TableColumn<>(messages.text(key));
        column.setPrefWidth(width);
        column.setMinWidth(Math.min(width, 84));
        column.setSortable(false);
        column.setReorderable(false);
        if (style.equals("numeric")) {
            column.getStyleClass().add(style);
        }
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(owner -> {
            TableCell<RepositoryEntry, RepositoryEntry> cell = ListCells.text(words, style);
            return cell;
        });
        return column;
    }

    public void focusSearch() {
        search.requestFocus();
    }
}
