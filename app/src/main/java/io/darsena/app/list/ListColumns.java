package io.darsena.app.list;

import io.darsena.app.session.FxPump;
import io.darsena.app.theme.WindowMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// The columns of a list as the person wants them: which, in what order, how wide, sorted by which. Every change is
/// remembered; the columns that the FXML declares are how it begins. Columns that cannot be reordered stay last.
public final class ListColumns<R> {

    private static final double LEAST_WIDTH = 24;
    /// A column that is being dragged changes many times a second.
    private static final Duration CALM = Duration.ofMillis(400);

    private final String key;
    private final TableView<R> table;
    private final WindowMemory memory;
    private final FxPump pump;
    private final Set<String> indispensable;
    private final ColumnLayout first;
    private FxPump.Ticking saving = () -> {};
    private boolean arranging;

    /// @param name of the list, for the memory
    /// @param indispensable the ids of columns that cannot be hidden
    public ListColumns(String name, TableView<R> table, WindowMemory memory, FxPump pump, Set<String> indispensable) {
        this.key = "columns." + name;
        this.table = table;
        this.memory = memory;
        this.pump = pump;
        this.indispensable = indispensable;
        this.first = present();
        memory.text(key).map(ColumnLayout::parse).ifPresent(this::arrange);
        InvalidationListener changed = change -> changed();
        table.getColumns().forEach(column -> {
            column.widthProperty().addListener(changed);
            column.visibleProperty().addListener(changed);
            column.sortTypeProperty().addListener(changed);
        });
        table.getColumns().addListener((ListChangeListener<TableColumn<R, ?>>) change -> moved());
        table.getSortOrder().addListener(changed);
        table.widthProperty().addListener(change -> fit());
        fit();
    }

    private ColumnLayout present() {
        return new ColumnLayout(
                table.getColumns().stream()
                        .map(column -> new ColumnLayout.Column(
                                column.getId(), column.isVisible(), (int) Math.round(widthOf(column))))
                        .toList(),
                table.getSortOrder().stream()
                        .findFirst()
                        .map(column -> new ColumnLayout.Sorting(
                                column.getId(), column.getSortType() == TableColumn.SortType.ASCENDING)));
    }

    /// A column that was never laid out has the width it was given.
    private double widthOf(TableColumn<R, ?> column) {
        return column.isVisible() && table.getWidth() > 0 ? column.getWidth() : column.getPrefWidth();
    }

    /// Columns that the layout does not know, because they are newer than it, stay as they are, at the end.
    private void arrange(ColumnLayout layout) {
        arranging = true;
        List<TableColumn<R, ?>> ordered = new ArrayList<>();
        for (ColumnLayout.Column remembered : layout.columns()) {
            find(remembered.id()).ifPresent(column -> {
                ordered.add(column);
                column.setVisible(remembered.shown() || indispensable.contains(remembered.id()));
                column.setPrefWidth(Math.clamp(
                        remembered.width(), Math.max(LEAST_WIDTH, column.getMinWidth()), column.getMaxWidth()));
            });
        }
        table.getColumns().stream().filter(column -> !ordered.contains(column)).forEach(ordered::add);
        ordered.sort(Comparator.comparing(column -> !column.isReorderable()));
        table.getColumns().setAll(ordered);
        table.getSortOrder().clear();
        layout.sorting()
                .ifPresent(by -> find(by.id())
                        .filter(TableColumn::isSortable)
                        .ifPresent(column -> sortBy(column, by.ascending())));
        arranging = false;
        fit();
    }

    private Optional<TableColumn<R, ?>> find(String id) {
        return table.getColumns().stream()
                .filter(column -> id.equals(column.getId()))
                .findFirst();
    }

    /// Dropped behind the last one: there it stays only if it may.
    private void moved() {
        List<TableColumn<R, ?>> ordered = new ArrayList<>(table.getColumns());
        ordered.sort(Comparator.comparing(column -> !column.isReorderable()));
        if (!ordered.equals(table.getColumns())) {
            pump.run(() -> table.getColumns().setAll(ordered));
        }
        changed();
    }

    private void changed() {
        if (arranging) {
            return;
        }
        fit();
        saving.close();
        saving = pump.after(CALM, () -> {
            memory.remember(key, present().toString());
            memory.saveSoon();
        });
    }

    /// Columns share the width there is. Where that is less than they need, they keep what they need and can be
    /// scrolled: the row's buttons must not be cut off.
    private void fit() {
        double needed = table.getVisibleLeafColumns().stream()
                .mapToDouble(TableColumn::getMinWidth)
                .sum();
        boolean tight = table.getWidth() > 0 && needed > table.getWidth();
        var wanted =
                tight ? TableView.UNCONSTRAINED_RESIZE_POLICY : TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS;
        if (!wanted.equals(table.getColumnResizePolicy())) {
            table.setColumnResizePolicy(wanted);
        }
    }

    /// Those that can be shown and hidden.
    public List<TableColumn<R, ?>> optional() {
        return table.getColumns().stream()
                .filter(column -> !indispensable.contains(column.getId()))
                .toList();
    }

    public List<TableColumn<R, ?>> sortable() {
        return table.getColumns().stream()
                .filter(column -> column.isVisible() && column.isSortable())
                .toList();
    }

    /// Those that can go one place to the left (−1) or right (+1).
    public List<TableColumn<R, ?>> movable(int by) {
        return movable().stream()
                .filter(column -> {
                    int to = movable().indexOf(column) + by;
                    return to >= 0 && to < movable().size();
                })
                .toList();
    }

    private List<TableColumn<R, ?>> movable() {
        return table.getVisibleLeafColumns().stream()
                .filter(TableColumn::isReorderable)
                .toList();
    }

    /// Changes places with its neighbour.
    public void move(TableColumn<R, ?> column, int by) {
        TableColumn<R, ?> neighbour = movable().get(movable().indexOf(column) + by);
        List<TableColumn<R, ?>> ordered = new ArrayList<>(table.getColumns());
        ordered.remove(column);
        ordered.add(ordered.indexOf(neighbour) + (by > 0 ? 1 : 0), column);
        table.getColumns().setAll(ordered);
    }

    public boolean sorts(TableColumn<R, ?> column, boolean ascending) {
        return !table.getSortOrder().isEmpty()
                && table.getSortOrder().getFirst().equals(column)
                && (column.getSortType() == TableColumn.SortType.ASCENDING) == ascending;
    }

    public void sortBy(TableColumn<R, ?> column, boolean ascending) {
        column.setSortType(ascending ? TableColumn.SortType.ASCENDING : TableColumn.SortType.DESCENDING);
        table.getSortOrder().setAll(List.of(column));
    }

    /// The list's own order again.
    public void unsort() {
        table.getSortOrder().clear();
    }

    public boolean isSorted() {
        return !table.getSortOrder().isEmpty();
    }

    /// As on the first day.
    public void reset() {
        arrange(first);
        saving.close();
        memory.forget(key);
        memory.saveSoon();
    }
}
