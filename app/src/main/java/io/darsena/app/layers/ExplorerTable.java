package io.darsena.app.layers;

import io.darsena.app.control.CopyButton;
import io.darsena.app.files.FileHand;
import io.darsena.app.files.ShellWord;
import io.darsena.app.list.ListEdges;
import io.darsena.app.list.TextColumn;
import io.darsena.app.screen.FileProperties;
import io.darsena.app.screen.OpenedFile;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileListing;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import org.jspecify.annotations.Nullable;

/// Files as a tree with columns. Right and left arrow open and close a directory, Enter does either, and opens a file;
/// Alt+Enter shows all that is known of an entry, Ctrl+C copies the path, Ctrl+S saves, Ctrl+Backspace reverts where
/// that is offered. While the same files are followed, what is chosen and where the person looks stay.
public final class ExplorerTable extends TableView<FileRow> {

    public static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    public static final KeyCombination SAVE = new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
    public static final KeyCombination REVERT =
            new KeyCodeCombination(KeyCode.BACK_SPACE, KeyCombination.SHORTCUT_DOWN);
    public static final KeyCombination PROPERTIES = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.ALT_DOWN);
    public static final KeyCombination OPEN = new KeyCodeCombination(KeyCode.ENTER);

    /// Lines that are seen above one that is shown.
    private static final int ABOVE = 3;

    private final Messages messages;
    private final ExplorerRows rows;
    private final FileWords words;
    private final Optional<Remark> remark;
    private final Optional<Deeds> deeds;
    private Optional<Runnable> revert = Optional.empty();
    private IntFunction<String> instruction = layer -> "";
    private IntFunction<Optional<OpenedFile.Counterpart>> counterpart = node -> Optional.empty();
    private Optional<IntConsumer> opener = Optional.empty();
    private Optional<IntConsumer> teller = Optional.empty();

    /// What a table says of entries that others do not.
    ///
    /// @param growth by how many bytes an entry is larger than it was
    /// @param note in the place of what is said of it else
    public record Remark(ToLongFunction<Integer> growth, IntFunction<String> note) {}

    /// What can be done with files.
    ///
    /// @param source whose files the rows are
    private record Deeds(FileHand hand, Supplier<Optional<TreeSource>> source) {}

    /// A table of what differs.
    public ExplorerTable(Messages messages, ExplorerRows rows, Remark remark) {
        this(messages, rows, Optional.of(remark), Optional.empty());
    }

    /// @param source whose files the rows are
    public ExplorerTable(Messages messages, ExplorerRows rows, FileHand hand, Supplier<Optional<TreeSource>> source) {
        this(messages, rows, Optional.empty(), Optional.of(new Deeds(hand, source)));
    }

    private ExplorerTable(Messages messages, ExplorerRows rows, Optional<Remark> remark, Optional<Deeds> deeds) {
        this.messages = messages;
        this.rows = rows;
        this.deeds = deeds;
        this.words = new FileWords(messages);
        this.remark = remark;
        getStyleClass().addAll("list", "explorer");
        setId("explorer");
        ListEdges.keep(this);
        setAccessibleText(messages.text("explorer.title"));
        getColumns().setAll(columns());
        ExplorerOrder order = new ExplorerOrder(rows, remark);
        setSortPolicy(table -> {
            order.apply(getSortOrder());
            return true;
        });
        order.apply(getSortOrder());
        setItems(rows);
        setRowFactory(table -> row());
        setContextMenu(menu());
        rows.onFollow(new KeptPlace(this, rows)::during);
        rows.onReveal(this::reveal);
        addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        setFixedCellSize(28);
    }

    /// Offers to revert those of [#chosenChanges], in the menu and by its key.
    public void offerRevert(Runnable asked) {
        revert = Optional.of(asked);
        setContextMenu(menu());
    }

    /// Says by which instruction a layer was made; empty where that is not known.
    public void offerInstructions(IntFunction<String> known) {
        instruction = known;
    }

    /// Says beside what a file can be looked at that is opened.
    ///
    /// @param known asked with the entry of a file
    public void offerBeside(IntFunction<Optional<OpenedFile.Counterpart>> known) {
        counterpart = known;
    }

    /// In a table of what differs: who shows a file, asked with its entry.
    public void onOpen(IntConsumer shows) {
        opener = Optional.of(shows);
        setContextMenu(menu());
    }

    /// In a table of what differs: who shows all that is known of an entry.
    public void onProperties(IntConsumer shows) {
        teller = Optional.of(shows);
        setContextMenu(menu());
    }

    /// All that a tree tells of an entry.
    ///
    /// @param source that the tree is of
    public static FileProperties properties(Messages messages, FileTree tree, int node, TreeSource source) {
        return FileProperties.alone(
                tree.filePath(node),
                new PropertyFacts(messages, ZoneId.systemDefault()).of(tree, node),
                Optional.of(source).filter(from -> tree.isThere(node)));
    }

    /// Whenever something else is chosen, or something else lies there.
    public void whenChosen(Runnable heard) {
        getSelectionModel().getSelectedIndices().addListener((ListChangeListener<Integer>) change -> heard.run());
        rows.addListener((ListChangeListener<FileRow>) change -> heard.run());
        heard.run();
    }

    private List<TableColumn<FileRow, FileRow>> columns() {
        List<TableColumn<FileRow, FileRow>> columns = new ArrayList<>();
        columns.add(name());
        columns.add(
                column("size", 96, (tree, node) -> messages.quantities().sizeInColumn(rows.sizeOf(node)), "numeric"));
        remark.ifPresent(more -> columns.addAll(remarks(more)));
        columns.add(column("mode", 104, FileWords::mode, "mono"));
        columns.add(column("owner", 76, FileWords::owner, "mono"));
        // The last column loses what the scroll bar takes.
        columns.add(column(
                "modified",
                remark.isPresent() ? 190 : 180,
                (tree, node) -> messages.quantities().dateAndTime(tree.modifiedAt(node)),
                "muted"));
        if (remark.isEmpty()) {
            columns.add(withRoom(column("note", 120, (tree, node) -> note(node), "muted")));
        }
        return columns;
    }

    /// What the table is there for stands beside the names.
    private List<TableColumn<FileRow, FileRow>> remarks(Remark more) {
        TableColumn<FileRow, FileRow> growth = column(
                "growth",
                104,
                (tree, node) ->
                        messages.quantities().growthInColumn(more.growth().applyAsLong(node)),
                "numeric");
        TableColumn<FileRow, FileRow> note =
                column("note", 120, (tree, node) -> more.note().apply(node), "muted");
        note.setText(messages.text("explorer.differs"));
        return List.of(growth, withRoom(note));
    }

    /// Of what there is more room than needed, words get the larger part.
    private static TableColumn<FileRow, FileRow> withRoom(TableColumn<FileRow, FileRow> words) {
        words.setPrefWidth(2 * words.getMinWidth());
        return words;
    }

    private String note(int node) {
        return remark.map(more -> more.note().apply(node))
                .orElseGet(() -> rows.fact(node, (tree, entry) -> words.note(tree, entry, rows.hiddenBy(entry)), ""));
    }

    private static String joined(String between, String... parts) {
        return Arrays.stream(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(between));
    }

    private String spoken(FileListing tree, FileRow row) {
        int node = row.node();
        return joined(", ", words.spoken(tree, node, row.open()), note(node), words.facts(tree, node));
    }

    /// What is known of an entry, a line a matter.
    String whole(FileRow row) {
        int node = row.node();
        return rows.fact(
                node,
                (tree, entry) -> joined(
                        "\n",
                        PlainText.path(tree.filePath(entry)),
                        words.spoken(tree, entry, row.open()),
                        words.facts(tree, entry),
                        note(entry),
                        hiding(entry)),
                "");
    }

    private String hiding(int node) {
        OptionalInt layer = rows.hiddenBy(node);
        String how = layer.isPresent() ? instruction.apply(layer.getAsInt()) : "";
        return how.isEmpty() ? "" : messages.text("explorer.hiddenBy", layer.getAsInt(), PlainText.line(how));
    }

    private TableColumn<FileRow, FileRow> name() {
        TableColumn<FileRow, FileRow> column = column("name", 300, FileListing::name, "");
        column.setMinWidth(220);
        column.setCellFactory(owner -> new NameCell(rows, this::whole, this::toggle));
        return column;
    }

    private TableColumn<FileRow, FileRow> column(
            String id, double width, BiFunction<FileListing, Integer, String> fact, String style) {
        TableColumn<FileRow, FileRow> column =
                TextColumn.of(messages.text("explorer." + id), width, row -> rows.fact(row.node(), fact, ""), style);
        column.setId(id);
        column.setMinWidth(width);
        column.setReorderable(true);
        return column;
    }

    private TableRow<FileRow> row() {
        return new TableRow<>() {
            {
                setOnMouseClicked(click -> {
                    FileRow item = getItem();
                    if (item != null && click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
                        openOrToggle(item);
                    }
                });
            }

            @Override
            protected void updateItem(@Nullable FileRow item, boolean empty) {
                super.updateItem(item, empty);
                getStyleClass().removeAll("added", "changed", "removed", "hidden");
                if (item != null && !empty) {
                    FileChange change = rows.fact(item.node(), FileListing::change, FileChange.NONE);
                    if (change != FileChange.NONE
                            && rows.sight().filter(Sight::tellsChanges).isPresent()) {
                        getStyleClass().add(change.name().toLowerCase(Locale.ROOT));
                    }
                    if (rows.hiddenBy(item.node()).isPresent()) {
                        getStyleClass().add("hidden");
                    }
                    setAccessibleText(
                            rows.files().map(tree -> spoken(tree, item)).orElse(null));
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

    private void reveal(int line) {
        choose(line);
        scrollTo(Math.max(0, line - ABOVE));
    }

    private ContextMenu menu() {
        MenuItem open = item("explorer.openFile", OPEN, () -> chosenRow().ifPresent(this::openFile));
        MenuItem save = item("explorer.saveAs", SAVE, () -> chosenRow().ifPresent(this::save));
        MenuItem path = item("explorer.copyPath", COPY, this::copyPath);
        MenuItem properties =
                item("explorer.properties", PROPERTIES, () -> chosenRow().ifPresent(this::showProperties));
        MenuItem undo = item("explorer.revert", REVERT, () -> revert.ifPresent(Runnable::run));
        ContextMenu menu = new ContextMenu(path);
        if (deeds.isPresent()) {
            menu.getItems().addFirst(save);
        }
        if (deeds.isPresent() || opener.isPresent()) {
            menu.getItems().addFirst(open);
        }
        if (revert.isPresent()) {
            menu.getItems().addAll(new SeparatorMenuItem(), undo);
        }
        if (deeds.isPresent() || teller.isPresent()) {
            menu.getItems().addAll(new SeparatorMenuItem(), properties);
        }
        menu.setOnShowing(event -> {
            undo.setDisable(chosenChanges().isEmpty());
            Optional<FileRow> row = chosenRow();
            open.setDisable(row.filter(this::canBeOpened).isEmpty());
            save.setDisable(row.filter(this::canBeSaved).isEmpty());
            save.setText(messages.text(
                    row.filter(this::isDirectory).isPresent() ? "explorer.saveAsTar" : "explorer.saveAs"));
            path.setDisable(row.isEmpty());
            properties.setDisable(row.isEmpty());
        });
        return menu;
    }

    private MenuItem item(String key, KeyCombination shortcut, Runnable action) {
        MenuItem item = new MenuItem(messages.text(key));
        item.setId("menu-" + key.substring(key.indexOf('.') + 1));
        item.setAccelerator(shortcut);
        item.setOnAction(event -> action.run());
        return item;
    }

    /// The one that the keyboard is on.
    private Optional<FileRow> chosenRow() {
        int at = getSelectionModel().getSelectedIndex();
        // The model's own item may still be what the line was.
        return at < 0 || at >= rows.size() ? Optional.empty() : Optional.of(rows.get(at));
    }

    /// What is chosen, by path.
    public List<FilePath> chosen() {
        return rows.tree()
                .map(tree -> getSelectionModel().getSelectedIndices().stream()
                        .filter(at -> at >= 0 && at < rows.size())
                        .map(at -> tree.filePath(rows.get(at).node()))
                        .toList())
                .orElse(List.of());
    }

    /// Of what is chosen that which has changed, or in which something has.
    public List<FilePath> chosenChanges() {
        return rows.tree()
                .map(tree -> chosen().stream()
                        .filter(path -> isChanged(tree, tree.find(path)))
                        .toList())
                .orElse(List.of());
    }

    private static boolean isChanged(FileTree tree, int node) {
        return node != FileTree.NONE && (tree.change(node) != FileChange.NONE || tree.touched(node) > 0);
    }

    private void copyPath() {
        List<String> paths = rows.files()
                .map(files -> getSelectionModel().getSelectedIndices().stream()
                        .filter(at -> at >= 0 && at < rows.size())
                        .map(at -> ShellWord.of(files.filePath(rows.get(at).node())))
                        .toList())
                .orElse(List.of());
        if (!paths.isEmpty()) {
            CopyButton.copy(String.join("\n", paths));
        }
    }

    private boolean isDirectory(FileRow row) {
        return rows.fact(row.node(), FileListing::kind, FileKind.FILE) == FileKind.DIRECTORY;
    }

    /// A link shows where it leads; what it leads to is opened there.
    private boolean canBeOpened(FileRow row) {
        FileKind kind = rows.fact(row.node(), FileListing::kind, FileKind.NAMED_PIPE);
        return kind.isFile() && (opener.isPresent() || isThere(row));
    }

    private boolean canBeSaved(FileRow row) {
        return isThere(row) && (canBeOpened(row) || isDirectory(row));
    }

    /// It can be had from the engine.
    private boolean isThere(FileRow row) {
        return deeds.isPresent()
                && rows.tree().filter(tree -> tree.isThere(row.node())).isPresent();
    }

    private void openOrToggle(FileRow row) {
        if (isDirectory(row)) {
            toggle(row);
        } else {
            openFile(row);
        }
    }

    private void openFile(FileRow row) {
        if (canBeOpened(row)) {
            opener.ifPresent(shows -> shows.accept(row.node()));
            ask((deed, from, tree) ->
                    deed.hand().open(new OpenedFile(from, tree.filePath(row.node()), counterpart.apply(row.node()))));
        }
    }

    private void save(FileRow row) {
        if (canBeSaved(row)) {
            ask((deed, from, tree) ->
                    deed.hand().save(from, tree.filePath(row.node()), isDirectory(row), tree.total(row.node())));
        }
    }

    private void showProperties(FileRow row) {
        teller.ifPresent(shows -> shows.accept(row.node()));
        ask((deed, from, tree) -> deed.hand().show(properties(messages, tree, row.node(), from)));
    }

    /// Carries out what is asked of files here; a table of what differs has none.
    public FileHand hand() {
        return deeds.orElseThrow().hand();
    }

    @FunctionalInterface
    private interface Asking {
        void of(Deeds deed, TreeSource source, FileTree tree);
    }

    private void ask(Asking asking) {
        deeds.ifPresent(deed ->
                deed.source().get().ifPresent(from -> rows.tree().ifPresent(tree -> asking.of(deed, from, tree))));
    }

    private void pressed(KeyEvent key) {
        int at = getSelectionModel().getSelectedIndex();
        if (at < 0 || at >= rows.size()) {
            return;
        }
        FileRow row = rows.get(at);
        boolean taken = true;
        if (COPY.match(key)) {
            copyPath();
        } else if (SAVE.match(key)) {
            save(row);
        } else if (PROPERTIES.match(key)) {
            showProperties(row);
        } else if (revert.isPresent() && REVERT.match(key)) {
            revert.get().run();
        } else if (key.isAltDown() || key.isShortcutDown()) {
            taken = false; // those are the window's
        } else if (key.getCode() == KeyCode.RIGHT && !row.open()) {
            setOpen(row, true);
        } else if (key.getCode() == KeyCode.LEFT && row.open()) {
            setOpen(row, false);
        } else if (key.getCode() == KeyCode.LEFT) {
            selectParent(row);
        } else if (OPEN.match(key)) {
            openOrToggle(row);
        } else {
            taken = false;
        }
        if (taken) {
            key.consume();
        }
    }

    private void selectParent(FileRow row) {
        int at = rows.files().map(tree -> rows.indexOf(tree.parent(row.node()))).orElse(-1);
        if (at >= 0) {
            reveal(at);
        }
    }

    /// For tests and screen readers: the lines as they stand.
    public ObservableList<FileRow> lines() {
        return rows;
    }
}
