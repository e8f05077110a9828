package io.darsena.app.trash;

import io.darsena.app.control.Confirmation;
import io.darsena.app.control.EmptyState;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.SearchField;
import io.darsena.app.list.BatchBar;
import io.darsena.app.list.BulkBar;
import io.darsena.app.list.ColumnMenu;
import io.darsena.app.list.EmptyPlace;
import io.darsena.app.list.ListCells;
import io.darsena.app.list.ListColumns;
import io.darsena.app.list.ListTable;
import io.darsena.app.list.Notices;
import io.darsena.app.list.PageHead;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.event.EngineEvent.TrashRemoved;
import io.darsena.bridge.trash.Departure;
import io.darsena.bridge.trash.TrashEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What was removed: what it costs, the way back, and the way out. What cannot be taken back is asked first.
public final class TrashView {

    /// Another icon than what moves something to the trash has.
    private static final Ikon FOR_GOOD = Feather.X_CIRCLE;

    public static final KeyCombination PURGE = new KeyCodeCombination(KeyCode.DELETE);

    private final WindowContext context;
    private final Messages messages;
    private final TrashViewModel model;
    private final BulkBar bulk;

    @FXML
    private VBox root;

    @FXML
    private StackPane head;

    @FXML
    private PageHead header;

    @FXML
    private Label cost;

    @FXML
    private StackPane searchPlace;

    @FXML
    private Button empty;

    @FXML
    private MenuButton columns;

    @FXML
    private VBox banner;

    @FXML
    private ListTable<TrashRow> table;

    public TrashView(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.model = new TrashViewModel(context.session(), context.commands(), context.pump(), messages);
        this.bulk = new BulkBar(messages, this::clearSelection);
    }

    @FXML
    private void initialize() {
        Notices.fill(
                banner,
                new BatchBar(messages, context.pump(), model.batch()),
                renamed(),
                purged(),
                new FailureBanner(messages, model.place()));
        model.rows().search().bindBidirectional(context.navigation().search(Section.TRASH));
        searchPlace
                .getChildren()
                .add(new SearchField(
                        messages, messages.text("search.trash"), model.rows().search(), bulk::dismiss));
        table.getColumns().forEach(this::fill);
        makeTable();
        makeBulkBar();
        empty.disableProperty().bind(Bindings.isEmpty(model.rows().all()));
        model.rows().settled().subscribe(this::showCost);
        SceneLife.of(root).during(model::follow).whileSeen(model::followClock);
        SceneLife.of(table).during(() -> {
            context.pump().run(table::requestFocus);
            return () -> {};
        });
    }

    private Label renamed() {
        Label note = new Label("", new FontIcon(Feather.INFO));
        note.setId("renamed");
        note.getStyleClass().add("notice");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        note.setMaxWidth(Double.MAX_VALUE);
        model.renamed().subscribe(names -> {
            note.setVisible(!names.isEmpty());
            note.setManaged(!names.isEmpty());
            note.setText(names.stream()
                    .map(name -> messages.text("trash.renamed", name.before(), name.now()))
                    .collect(Collectors.joining("\n")));
        });
        return note;
    }

    private HBox purged() {
        Label words = new Label("", new FontIcon(Feather.INFO));
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button dismiss = ListCells.button(Feather.X);
        dismiss.setId("purged-dismiss");
        ListCells.name(dismiss, messages.text("failure.dismiss"));
        dismiss.setOnAction(event -> model.noticePurged());
        HBox note = new HBox(words, dismiss);
        note.setId("purged");
        note.getStyleClass().add("notice");
        model.purged().subscribe(gone -> {
            note.setVisible(!gone.isEmpty());
            note.setManaged(!gone.isEmpty());
            words.setText(Stream.of(Departure.DISK_PRESSURE, Departure.TOO_OLD)
                    .flatMap(how -> told(how, gone).stream())
                    .collect(Collectors.joining("\n")));
        });
        return note;
    }

    private Optional<String> told(Departure how, List<TrashRemoved> all) {
        List<TrashRemoved> gone = all.stream().filter(each -> each.how() == how).toList();
        if (gone.isEmpty()) {
            return Optional.empty();
        }
        String key = how == Departure.TOO_OLD ? "trash.purged.old" : "trash.purged.full";
        String names = gone.stream().map(TrashRemoved::name).collect(Collectors.joining(", "));
        long freed = gone.stream().mapToLong(TrashRemoved::freed).sum();
        return Optional.of(
                messages.text(key, gone.size(), names, messages.quantities().size(freed)));
    }

    private void showCost() {
        List<TrashRow> all = model.rows().all();
        cost.setText(
                all.isEmpty()
                        ? ""
                        : messages.text(
                                "trash.cost", all.size(), messages.quantities().size(TrashViewModel.bytes(all))));
    }

    private void makeTable() {
        table.showRows(model.rows(), context.pump()::run);
        ColumnMenu<TrashRow> columnMenu = new ColumnMenu<>(
                messages,
                new ListColumns<>("trash", table, context.memory(), context.pump(), Set.of("name", "actions")));
        columnMenu.under(columns);
        columnMenu.atHead(table);
        table.onMenu(this::menu);
        table.onKey(this::pressed);
        table.onOpen(row -> model.restore(List.of(row)));
        table.setAccessibleText(messages.text("section.trash"));
        EmptyState none =
                new EmptyState(Feather.TRASH_2, messages.text("empty.trash.title"), messages.text("empty.trash.text"));
        table.setPlaceholder(new EmptyPlace(messages, model.rows(), messages.text("empty.trash.filtered"), none));
        table.selectedRows().subscribe(rows -> {
            bulk.show(rows.size(), Map.of("restore", rows.size(), "purge", rows.size()));
        });
    }

    private void makeBulkBar() {
        bulk.add(
                "restore",
                messages.text("action.restore"),
                Feather.CORNER_UP_LEFT,
                () -> model.restore(table.selectedRows().get()));
        bulk.add(
                "purge",
                messages.text("action.purge"),
                FOR_GOOD,
                () -> askToPurge(table.selectedRows().get()));
        head.getChildren().add(bulk);
        header.visibleProperty().bind(bulk.visibleProperty().not());
    }

    private void fill(TableColumn<TrashRow, ?> column) {
        switch (column.getId()) {
            case "name" ->
                of(
                        column,
                        () -> ListCells.text(entry -> entry.container().name(), "strong"),
                        Comparator.comparing(entry -> entry.container().name()));
            case "image" ->
                of(
                        column,
                        () -> ListCells.text(entry -> entry.container().imageName()),
                        Comparator.comparing(entry -> entry.container().imageName()));
            case "removed" ->
                of(
                        column,
                        () -> ListCells.clocked(
                                model.clock(),
                                (TrashEntry entry) -> messages.quantities()
                                        .ago(entry.removedAt(), model.clock().get())),
                        Comparator.comparing(TrashEntry::removedAt).reversed());
            case "left" ->
                of(
                        column,
                        () -> ListCells.clocked(model.clock(), this::left),
                        Comparator.comparing(TrashEntry::removedAt));
            case "size" ->
                of(
                        column,
                        () -> ListCells.text(this::size, "numeric"),
                        Comparator.comparingLong(entry -> entry.bytes().orElse(-1)));
            case "pinned" -> pinned(column);
            case "actions" ->
                of(
                        column,
                        this::actions,
                        Comparator.comparing(entry -> entry.container().name()));
            default -> throw new IllegalStateException("no column is called " + column.getId());
        }
    }

    private String left(TrashEntry entry) {
        if (model.isPressed()) {
            return messages.text("trash.left.pressed");
        }
        return model.left(entry)
                .map(left -> messages.text("trash.left", messages.quantities().duration(left)))
                .orElse(ListCells.NONE);
    }

    private String size(TrashEntry entry) {
        return entry.bytes().isPresent()
                ? messages.quantities().sizeInColumn(entry.bytes().getAsLong())
                : "";
    }

    @SuppressWarnings("unchecked") // the FXML's columns bear no types
    private static void of(
            TableColumn<TrashRow, ?> column,
            Supplier<TableCell<TrashRow, TrashEntry>> cell,
            Comparator<TrashEntry> order) {
        TableColumn<TrashRow, TrashEntry> typed = (TableColumn<TrashRow, TrashEntry>) column;
        typed.setCellValueFactory(row -> row.getValue().entry());
        typed.setCellFactory(owner -> cell.get());
        typed.setComparator(order);
    }

    @SuppressWarnings("unchecked") // the FXML's columns bear no types
    private void pinned(TableColumn<TrashRow, ?> column) {
        TableColumn<TrashRow, Long> typed = (TableColumn<TrashRow, Long>) column;
        typed.setCellValueFactory(row -> row.getValue().pinned());
        typed.setCellFactory(owner -> ListCells.text(
                bytes -> bytes == 0 ? ListCells.NONE : messages.quantities().sizeInColumn(bytes), "numeric"));
    }

    private TableCell<TrashRow, TrashEntry> actions() {
        Button restore = ListCells.button(Feather.CORNER_UP_LEFT);
        Button purge = ListCells.button(FOR_GOOD);
        purge.getStyleClass().add("for-good");
        return ListCells.node(
                ListCells.buttons(restore, purge),
                (box, entry) -> {
                    String name = entry.container().name();
                    ListCells.name(restore, messages.text("action.named", messages.text("action.restore"), name));
                    ListCells.name(purge, messages.text("action.named", messages.text("action.purge"), name));
                    restore.setOnAction(event -> row(entry).ifPresent(row -> model.restore(List.of(row))));
                    purge.setOnAction(event -> row(entry).ifPresent(row -> askToPurge(List.of(row))));
                },
                entry -> messages.text("action.of", entry.container().name()));
    }

    private Optional<TrashRow> row(TrashEntry entry) {
        return model.rows().row(entry.id());
    }

    private ContextMenu menu(List<TrashRow> rows) {
        MenuItem restore = new MenuItem(messages.text("action.restore"), new FontIcon(Feather.CORNER_UP_LEFT));
        restore.setOnAction(event -> model.restore(rows));
        MenuItem purge = new MenuItem(messages.text("action.purge"), new FontIcon(FOR_GOOD));
        purge.setOnAction(event -> askToPurge(rows));
        return new ContextMenu(restore, purge);
    }

    private boolean pressed(KeyEvent key, List<TrashRow> rows) {
        if (PURGE.match(key)) {
            askToPurge(rows);
            return true;
        }
        return false;
    }

    private void askToPurge(List<TrashRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Confirmation.ask(
                window(),
                rows.size() == 1
                        ? messages.text("confirm.purge.title", rows.getFirst().name())
                        : messages.text("confirm.purgeSeveral.title", rows.size()),
                messages.text("confirm.purge.text", messages.quantities().size(TrashViewModel.bytes(rows))),
                messages.text("confirm.purge.verb"),
                messages.text("confirm.cancel"),
                () -> model.purge(rows));
    }

    /// Does what was asked elsewhere. Nothing happens when it has gone.
    public void perform(TrashDeed deed, ContainerId container) {
        // What has just been brought into the scene has no rows yet.
        context.pump()
                .run(() -> model.rows().row(container).map(List::of).ifPresent(rows -> {
                    switch (deed) {
                        case RESTORE -> model.restore(rows);
                        case PURGE -> askToPurge(rows);
                    }
                }));
    }

    /// Asks whether all of it shall go for good.
    @FXML
    public void emptyTrash() {
        List<TrashRow> all = List.copyOf(model.rows().all());
        Confirmation.ask(
                window(),
                messages.text("confirm.emptyTrash.title", all.size()),
                messages.text("confirm.purge.text", messages.quantities().size(TrashViewModel.bytes(all))),
                messages.text("confirm.emptyTrash.verb"),
                messages.text("confirm.cancel"),
                () -> model.purge(all));
    }

    private void clearSelection() {
        table.clearSelection();
    }

    private @Nullable Window window() {
        return root.getScene() == null ? null : root.getScene().getWindow();
    }
}
