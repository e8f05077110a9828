package io.darsena.app.layers;

import io.darsena.app.control.CopyButton;
import io.darsena.app.list.TextColumn;
import io.darsena.app.text.Messages;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import javafx.collections.ObservableList;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import org.jspecify.annotations.Nullable;

/// Files as a tree with columns. Right and left arrow open and close a directory, Enter does either; Ctrl+C copies the
/// path.
final class ExplorerTable extends TableView<FileRow> {

    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private static final List<String> BY_WORTH = List.of("name", "size", "note", "mode", "owner", "modified");

    private final Messages messages;
    private final ExplorerRows rows;
    private final FileWords words;

    ExplorerTable(Messages messages, ExplorerRows rows) {
        this.messages = messages;
        this.rows = rows;
        this.words = new FileWords(messages);
        getStyleClass().addAll("list", "explorer");
        setId("explorer");
        setAccessibleText(messages.text("explorer.title"));
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        getColumns()
                .setAll(List.of(
                        name(),
                        column(
                                "size",
                                96,
                                (tree, node) -> words.size(rows.scope().size(tree, node)),
                                "numeric"),
                        column("mode", 104, FileWords::mode, "mono"),
                        column("owner", 76, (tree, node) -> tree.uid(node) + ":" + tree.gid(node), "mono"),
                        column(
                                "modified",
                                164,
                                (tree, node) -> messages.quantities().dateAndTime(tree.modifiedAt(node)),
                                "muted"),
                        column("note", 120, words::note, "muted")));
        setSortPolicy(table -> {
            rows.arrange(order());
            return true;
        });
        rows.arrange(order());
        setItems(rows);
        setRowFactory(table -> row());
        setContextMenu(menu());
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        setFixedCellSize(28);
        widthProperty().subscribe(width -> fit(width.doubleValue()));
    }

    /// Where there is little room, what matters least is not shown, rather than all of it cut off.
    private void fit(double width) {
        double room = width;
        for (String id : BY_WORTH) {
            for (TableColumn<FileRow, ?> column : getColumns()) {
                if (column.getId().equals(id)) {
                    room -= column.getMinWidth();
                    column.setVisible(room >= 0 || id.equals("name"));
                }
            }
        }
    }

    /// Directories first, then by name; what a column is sorted by comes before that.
    private Comparator<Integer> order() {
        Comparator<Integer> order = Comparator.comparing(
                node -> !on(node, FileTree::kind, FileKind.FILE).equals(FileKind.DIRECTORY));
        for (TableColumn<FileRow, ?> column : getSortOrder()) {
            Comparator<Integer> by = compares(column.getId());
            order = order.thenComparing(column.getSortType() == TableColumn.SortType.DESCENDING ? by.reversed() : by);
        }
        return order.thenComparing((one, other) ->
                rows.tree().map(tree -> tree.compareNames(one, other)).orElse(0));
    }

    private Comparator<Integer> compares(String column) {
        return switch (column) {
            case "size" -> Comparator.comparing(node -> on(node, rows.scope()::size, 0L));
            case "mode" -> Comparator.comparing(node -> on(node, FileTree::mode, 0));
            case "owner" ->
                Comparator.comparing((Integer node) -> on(node, FileTree::uid, 0L))
                        .thenComparing(node -> on(node, FileTree::gid, 0L));
            case "modified" -> Comparator.comparing(node -> on(node, FileTree::modifiedAt, Instant.EPOCH));
            case "note" -> Comparator.comparing(node -> on(node, FileTree::change, FileChange.NONE));
            default ->
                (one, other) ->
                        rows.tree().map(tree -> tree.compareNames(one, other)).orElse(0);
        };
    }

    private <T> T on(int node, BiFunction<FileTree, Integer, T> fact, T otherwise) {
        return rows.tree().map(tree -> fact.apply(tree, node)).orElse(otherwise);
    }

    private TableColumn<FileRow, FileRow> name() {
        TableColumn<FileRow, FileRow> column = column("name", 300, FileTree::name, "");
        column.setMinWidth(220);
        column.setCellFactory(owner -> new NameCell(messages, rows, words, this::toggle));
        return column;
    }

    private TableColumn<FileRow, FileRow> column(
            String id, double width, BiFunction<FileTree, Integer, String> fact, String style) {
        TableColumn<FileRow, FileRow> column =
                TextColumn.of(messages.text("explorer." + id), width, row -> on(row.node(), fact, ""), style);
        column.setId(id);
        column.setMinWidth(width);
        return column;
    }

    private TableRow<FileRow> row() {
        return new TableRow<>() {
            {
                setOnMouseClicked(click -> {
                    FileRow item = getItem();
                    if (item != null && click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
                        toggle(item);
                    }
                });
            }

            @Override
            protected void updateItem(@Nullable FileRow item, boolean empty) {
                super.updateItem(item, empty);
                getStyleClass().removeAll("added", "changed", "removed");
                if (item != null && !empty) {
                    FileChange change = on(item.node(), FileTree::change, FileChange.NONE);
                    if (change != FileChange.NONE && rows.scope() != Scope.IMAGE) {
                        getStyleClass().add(change.name().toLowerCase(Locale.ROOT));
                    }
                    setAccessibleText(rows.tree()
                            .map(tree -> words.spoken(tree, item.node(), item.open()))
                            .orElse(null));
                }
            }
        };
    }

    private void toggle(FileRow row) {
        setOpen(row, !rows.isOpen(row.node()));
    }

    /// The line stays chosen.
    private void setOpen(FileRow row, boolean open) {
        rows.setOpen(row.node(), open);
        choose(rows.indexOf(row.node()));
    }

    private void choose(int line) {
        getSelectionModel().clearAndSelect(line);
        getFocusModel().focus(line);
    }

    private ContextMenu menu() {
        MenuItem path = new MenuItem(messages.text("explorer.copyPath"));
        path.setAccelerator(COPY);
        path.setOnAction(event -> copyPath());
        return new ContextMenu(path);
    }

    private void copyPath() {
        FileRow row = getSelectionModel().getSelectedItem();
        if (row != null) {
            rows.tree().ifPresent(tree -> CopyButton.copy("/" + tree.path(row.node())));
        }
    }

    private void pressed(KeyEvent key) {
        int at = getSelectionModel().getSelectedIndex();
        if (at < 0) {
            return;
        }
        // The model's own item may still be what the line was.
        FileRow row = rows.get(at);
        boolean taken = true;
        if (COPY.match(key)) {
            copyPath();
        } else if (key.getCode() == KeyCode.RIGHT && !row.open()) {
            setOpen(row, true);
        } else if (key.getCode() == KeyCode.LEFT && row.open()) {
            setOpen(row, false);
        } else if (key.getCode() == KeyCode.LEFT) {
            selectParent(row);
        } else if (key.getCode() == KeyCode.ENTER) {
            toggle(row);
        } else {
            taken = false;
        }
        if (taken) {
            key.consume();
        }
    }

    private void selectParent(FileRow row) {
        int at = rows.tree().map(tree -> rows.indexOf(tree.parent(row.node()))).orElse(-1);
        if (at >= 0) {
            choose(at);
            scrollTo(Math.max(0, at - 3));
        }
    }

    /// For tests and screen readers: the lines as they stand.
    ObservableList<FileRow> lines() {
        return rows;
    }
}
