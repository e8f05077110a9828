package io.darsena.app.list;

import io.darsena.app.list.ColumnLayout.Wish;
import io.darsena.app.session.FxPump;
import io.darsena.app.theme.WindowMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.collections.ListChangeListener;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// The columns of a list as the person wants them: which, in what order, how wide, sorted by which. Every change is
/// remembered; the columns that the table has when this is made are how it begins. Columns that cannot be reordered
/// stay
/// last.
public final class ListColumns<R> {

    private static final double LEAST_WIDTH = 24;
    /// A column that is being dragged changes many times a second.
    private static final Duration CALM = Duration.ofMillis(400);

    private final String key;
    private final TableView<R> table;
    private final WindowMemory memory;
    private final FxPump pump;
    private final Set<String> indispensable;
    private final List<String> byWorth;
    private final Map<String, Wish> wishes = new HashMap<>();
    private final ColumnLayout first;
    private FxPump.Ticking saving = () -> {};
    private boolean arranging;

    /// @param name of the list, for the memory
    /// @param indispensable the ids of columns that cannot be hidden
    public ListColumns(String name, TableView<R> table, WindowMemory memory, FxPump pump, Set<String> indispensable) {
        this(name, table, memory, pump, indispensable, List.of());
    }

    /// @param byWorth the ids of columns that give way to others where there is little room, unless the person asked
    ///     for them; the last one first
    public ListColumns(
            String name,
            TableView<R> table,
            WindowMemory memory,
            FxPump pump,
            Set<String> indispensable,
            List<String> byWorth) {
        this.key = "columns." + name;
        this.table = table;
        this.memory = memory;
        this.pump = pump;
        this.indispensable = indispensable;
        this.byWorth = byWorth;
        table.getColumns().forEach(column -> wishes.put(column.getId(), column.isVisible() ? Wish.NONE : Wish.HIDDEN));
        this.first = present();
        memory.text(key).map(ColumnLayout::parse).ifPresent(this::arrange);
        InvalidationListener changed = change -> changed();
        table.getColumns().forEach(column -> {
            column.widthProperty().addListener(changed);
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
                                column.getId(), wish(column), (int) Math.round(widthOf(column))))
                        .toList(),
                table.getSortOrder().stream()
                        .findFirst()
                        .map(column -> new ColumnLayout.Sorting(
                                column.getId(), column.getSortType() == TableColumn.SortType.ASCENDING)));
    }

    private Wish wish(TableColumn<R, ?> column) {
        return wishes.getOrDefault(column.getId(), Wish.NONE);
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
                wishes.put(column.getId(), indispensable.contains(column.getId()) ? Wish.NONE : remembered.wish());
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
        boolean within = arranging;
        arranging = true;
        choose();
        arranging = within;
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

    /// What the person asked for is shown, and of what nobody said anything about, what there is room for.
    private void choose() {
        double room = table.getWidth() > 0 ? table.getWidth() : Double.MAX_VALUE;
        List<TableColumn<R, ?>> giving = new ArrayList<>();
        for (TableColumn<R, ?> column : table.getColumns()) {
            if (wish(column) == Wish.NONE && byWorth.contains(column.getId())) {
                giving.add(column);
            } else {
                column.setVisible(wish(column) != Wish.HIDDEN);
                room -= column.isVisible() ? column.getMinWidth() : 0;
            }
        }
        giving.sort(Comparator.comparingInt(column -> byWorth.indexOf(column.getId())));
        for (TableColumn<R, ?> column : giving) {
            room -= column.getMinWidth();
            column.setVisible(room >= 0);
        }
    }

    /// Shows or hides one of those that can be.
    public void show(TableColumn<R, ?> column, boolean shown) {
        wishes.put(column.getId(), shown ? Wish.SHOWN : Wish.HIDDEN);
        changed();
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
