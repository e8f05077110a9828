package io.darsena.app.layers;

import io.darsena.app.control.CopyButton;
import io.darsena.app.control.EmptyState;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.SearchProgress;
import io.darsena.app.files.ShellWord;
import io.darsena.app.list.ListEdges;
import io.darsena.app.list.TextColumn;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.Duplicates;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.Waste;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What of an image or a container is wasted: in which ways, how much each, which files, who brought them, and what
/// mends it. Ctrl+C copies the path of the chosen row, Enter shows it in its layer.
public final class WastePane extends VBox {

    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final double TABLE_SHARE = 0.62;

    /// Room for the longest of its few words.
    private static final double KIND = 108;

    /// Room for `1,023 MB`, and no more: paths and reasons need it.
    private static final double SIZE = 110;

    private final Messages messages;
    private final ObservableList<PyramidStep> steps;
    private final WasteViewModel waste;
    private final WasteWords words;
    private final Opening opening;
    private final FlowPane tools = new FlowPane();
    private final Label summary = wrapped();
    private final Label efficiency = new Label("", new FontIcon(Feather.INFO));
    private final TableView<WasteRow> table = new TableView<>();
    private final FilteredList<WasteRow> shown;

    /// Shows a file in its layer.
    public interface Opening {

        /// @param layer the lowest is 1
        void show(int layer, FilePath path);
    }

    /// @param steps what brought it, the uppermost first
    public WastePane(Messages messages, WasteViewModel waste, ObservableList<PyramidStep> steps, Opening opening) {
        this.messages = messages;
        this.steps = steps;
        this.waste = waste;
        this.words = new WasteWords(messages, steps);
        this.opening = opening;
        this.shown = new FilteredList<>(waste.rows());
        getStyleClass().add("waste-pane");
        summary.getStyleClass().add("strong");
        summary.setId("waste-summary");
        efficiency.setId("waste-efficiency");
        efficiency.getStyleClass().add("muted");
        efficiency.setContentDisplay(ContentDisplay.RIGHT);
        efficiency.setMinWidth(USE_PREF_SIZE);
        efficiency.setTooltip(new Tooltip());
        efficiency.getTooltip().textProperty().bind(efficiency.accessibleTextProperty());
        HBox head = new HBox(summary, efficiency);
        head.getStyleClass().add("waste-head");
        WasteCard card = new WasteCard(messages, words, this::open);
        fillTable();
        VBox list = new VBox(table, bound());
        VBox.setVgrow(table, Priority.ALWAYS);
        SplitPane both = new SplitPane(list);
        both.setOrientation(Orientation.VERTICAL);
        table.getSelectionModel().selectedItemProperty().subscribe(row -> tell(row, card, both));
        VBox.setVgrow(both, Priority.ALWAYS);
        getChildren()
                .addAll(
                        new FailureBanner(messages, waste.place()),
                        new FailureBanner(messages, waste.searchPlace()),
                        head,
                        tools(),
                        both);
        waste.place().failure().subscribe(failure -> tell());
        waste.total().subscribe(known -> tell());
        waste.filter().subscribe(filter -> shown.setPredicate(filter::shows));
        steps.addListener((InvalidationListener) change -> {
            tell();
            table.refresh();
        });
    }

    /// Where nothing is chosen there is no card.
    private static void tell(@Nullable WasteRow row, WasteCard card, SplitPane both) {
        if (row == null) {
            both.getItems().remove(card);
            return;
        }
        card.show(row);
        if (!both.getItems().contains(card)) {
            both.getItems().add(card);
            both.setDividerPositions(TABLE_SHARE);
        }
    }

    private static Label wrapped() {
        Label label = new Label();
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    private void fillTable() {
        table.setId("waste");
        ListEdges.keep(table);
        table.getStyleClass().add("list");
        table.setAccessibleText(messages.text("waste.title"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TableColumn<WasteRow, WasteRow> size =
                column("waste.size", SIZE, each -> messages.quantities().sizeInColumn(each.bytes()), "numeric");
        size.setMaxWidth(SIZE);
        size.setComparator(Comparator.comparingLong(WasteRow::bytes));
        TableColumn<WasteRow, WasteRow> kind = sorted(column("waste.kind", KIND, words::kind), words::kind);
        kind.setMinWidth(KIND);
        table.getColumns()
                .setAll(List.of(
                        size,
                        kind,
                        sorted(column("waste.path", 256, each -> PlainText.path(each.path()), "mono"), WasteRow::path),
                        byLayer(column("waste.brought", 290, words::broughtBy)),
                        sorted(column("waste.why", 280, words::why), words::why)));
        sortBy(size, TableColumn.SortType.DESCENDING);
        table.getSortOrder().addListener((ListChangeListener<TableColumn<WasteRow, ?>>) change -> turn(change, size));
        SortedList<WasteRow> ordered = new SortedList<>(shown);
        ordered.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(ordered);
        table.setPlaceholder(placeholder());
        table.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private void sortBy(TableColumn<WasteRow, WasteRow> column, TableColumn.SortType order) {
        column.setSortType(order);
        table.getSortOrder().setAll(List.of(column));
    }

    /// Every third click on a head would take its order away, and without any the rows stand as they do at first, what
    /// costs most above: so that a click on the head of that order changes something, it turns it round.
    private void turn(
            ListChangeListener.Change<? extends TableColumn<WasteRow, ?>> change,
            TableColumn<WasteRow, WasteRow> size) {
        if (change.getList().isEmpty() && change.next()) {
            boolean own = change.getRemoved().contains(size);
            sortBy(size, own ? TableColumn.SortType.ASCENDING : TableColumn.SortType.DESCENDING);
        }
    }

    private TableColumn<WasteRow, WasteRow> column(
            String key, double width, Function<WasteRow, String> said, String... styles) {
        return TextColumn.of(messages.text(key), width, said, styles);
    }

    private static <T extends Comparable<T>> TableColumn<WasteRow, WasteRow> sorted(
            TableColumn<WasteRow, WasteRow> column, Function<WasteRow, T> said) {
        column.setComparator(Comparator.comparing(said));
        return column;
    }

    private static TableColumn<WasteRow, WasteRow> byLayer(TableColumn<WasteRow, WasteRow> column) {
        column.setComparator(Comparator.comparingInt(WasteRow::broughtBy));
        return column;
    }

    private void pressed(KeyEvent key) {
        WasteRow row = table.getSelectionModel().getSelectedItem();
        if (row == null) {
            return;
        }
        if (COPY.match(key)) {
            CopyButton.copy(ShellWord.of(row.path()));
            key.consume();
        } else if (key.getCode() == KeyCode.ENTER) {
            open(row);
            key.consume();
        }
    }

    private void open(WasteRow row) {
        opening.show(row.broughtBy(), row.path());
    }

    private Node tools() {
        ToggleGroup group = new ToggleGroup();
        tools.getStyleClass().add("explorer-tools");
        for (WasteKind.Filter filter : WasteKind.Filter.values()) {
            tools.getChildren().add(chip(filter, group));
        }
        tools.getChildren().add(search());
        waste.filter()
                .subscribe(filter -> group.getToggles().stream()
                        .filter(toggle -> toggle.getUserData() == filter)
                        .forEach(group::selectToggle));
        group.selectedToggleProperty().subscribe((before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
        return tools;
    }

    /// Offers to count anew, where it may have become another waste meanwhile.
    public void offerRefresh(Runnable counting) {
        Button refresh = new Button("", new FontIcon(Feather.REFRESH_CW));
        refresh.getStyleClass().addAll("flat", "icon-button");
        refresh.setId("waste-refresh");
        refresh.setAccessibleText(messages.text("waste.refresh"));
        refresh.setTooltip(new Tooltip(messages.text("waste.refresh")));
        refresh.setOnAction(event -> counting.run());
        tools.getChildren().add(refresh);
    }

    private ToggleButton chip(WasteKind.Filter filter, ToggleGroup group) {
        ToggleButton chip = new ToggleButton();
        chip.getStyleClass().setAll("chip");
        chip.setId("waste-" + filter.name().toLowerCase(Locale.ROOT));
        chip.setMinWidth(Region.USE_PREF_SIZE);
        chip.setToggleGroup(group);
        chip.setUserData(filter);
        chip.setOnAction(event -> waste.filter().set(filter));
        InvalidationListener say = change -> chip.setText(said(filter));
        for (Observable each : new Observable[] {waste.rows(), waste.duplicates()}) {
            each.addListener(say);
        }
        say.invalidated(waste.rows());
        return chip;
    }

    /// What a chip says: nobody knows what duplicates cost before they have been looked for.
    private String said(WasteKind.Filter filter) {
        boolean known = filter != WasteKind.Filter.DUPLICATES
                || waste.duplicates().get().isPresent();
        return messages.text(
                        "waste.filter." + filter.name(),
                        known ? messages.quantities().size(waste.bytes(filter)) : "")
                .strip();
    }

    /// Under the table: that it shows the largest alone, where it does.
    private Label bound() {
        Label bound = wrapped();
        bound.setId("waste-bound");
        bound.getStyleClass().addAll("muted", "small-text", "waste-bound");
        bound.textProperty().bind(Bindings.createStringBinding(this::bounded, shown, waste.waste(), waste.filter()));
        bound.visibleProperty().bind(bound.textProperty().isNotEmpty());
        bound.managedProperty().bind(bound.visibleProperty());
        return bound;
    }

    private String bounded() {
        long count = waste.count(waste.filter().get());
        return count > shown.size() ? messages.text("waste.bound", shown.size(), count) : "";
    }

    /// The search for files of the same content: a button, then how far it is, then what it left out.
    private Node search() {
        Button begin = new Button(messages.text("waste.search"));
        begin.setId("waste-search");
        begin.setOnAction(event -> waste.lookForDuplicates());
        begin.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !waste.searching().get()
                                && waste.duplicates().get().isEmpty(),
                        waste.searching(),
                        waste.duplicates()));
        SearchProgress running = new SearchProgress(messages, waste.searching(), waste.progress())
                .called(messages.text("waste.searching"), "waste-stop", messages.text("waste.stop"), waste::stopSearch);
        Label left = new Label();
        left.setId("waste-unread");
        left.getStyleClass().addAll("muted", "small-text");
        left.textProperty().bind(waste.duplicates().map(this::left));
        left.managedProperty().bind(left.textProperty().isNotEmpty());
        begin.managedProperty().bind(begin.visibleProperty());
        begin.setMinWidth(USE_PREF_SIZE);
        HBox place = new HBox(begin, running, left);
        place.getStyleClass().add("waste-search");
        place.managedProperty()
                .bind(begin.managedProperty().or(running.managedProperty()).or(left.managedProperty()));
        return place;
    }

    private String left(Optional<Duplicates> found) {
        return found.filter(known -> known.unread() > 0)
                .map(known -> messages.text("waste.unread", known.unread()))
                .orElse("");
    }

    private Node placeholder() {
        EmptyState none = new EmptyState(
                Feather.CHECK_CIRCLE, messages.text("waste.none.title"), messages.text("waste.none.words"));
        EmptyState ofKind = new EmptyState(
                Feather.CHECK_CIRCLE, messages.text("waste.noneOfKind.title"), messages.text("waste.noneOfKind.words"));
        Runnable choose = () -> {
            boolean all = waste.filter().get() == WasteKind.Filter.ALL;
            boolean known = waste.waste().get().isPresent();
            boolean searched = waste.filter().get() != WasteKind.Filter.DUPLICATES
                    || waste.duplicates().get().isPresent();
            none.setVisible(known && all);
            ofKind.setVisible(known && !all && searched);
        };
        waste.filter().subscribe(choose);
        waste.waste().subscribe(choose);
        waste.duplicates().subscribe(choose);
        return new StackPane(none, ofKind);
    }

    /// In one sum what the chips break down, and the score by which people compare images; what that one counts,
    /// where a
    /// person points.
    private void tell() {
        Optional<Waste> known = waste.waste().get();
        long written = known.map(Waste::brought).orElse(0L);
        long size = steps.stream()
                .mapToLong(step -> step.isWritable() ? written : step.step().size())
                .sum();
        summary.setText(waste.total()
                .get()
                .map(bytes -> messages.text(
                        "waste.summary",
                        messages.quantities().size(bytes),
                        messages.quantities().size(size),
                        messages.quantities().percent(size == 0 ? 0 : 100.0 * bytes / size)))
                .orElse(waste.place().failure().get().isPresent() ? "" : messages.text("waste.counting")));
        efficiency.setVisible(known.isPresent());
        efficiency.setText(known.map(all ->
                        messages.text("waste.score", messages.quantities().percent(all.efficiency() * 100)))
                .orElse(""));
        efficiency.setAccessibleText(known.map(all -> messages.text(
                        "waste.efficiency",
                        messages.quantities().percent(all.efficiency() * 100),
                        messages.quantities().size(all.repeated())))
                .orElse(""));
    }
}
