package io.darsena.app.layers;

import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileListing;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.TableColumn;

/// Puts files in the order of the columns that a person sorts them by.
final class ExplorerOrder {

    private final ExplorerRows rows;
    private final Optional<ExplorerTable.Remark> remark;

    ExplorerOrder(ExplorerRows rows, Optional<ExplorerTable.Remark> remark) {
        this.rows = rows;
        this.remark = remark;
    }

    /// @param columns by which the person sorts, the one that counts most first
    void apply(List<? extends TableColumn<FileRow, ?>> columns) {
        List<Comparator<Integer>> wishes = columns.stream().map(this::wish).toList();
        boolean byMoreThanName =
                !columns.isEmpty() && !"name".equals(columns.getFirst().getId());
        rows.arrange(order(wishes), wishes.stream().reduce(Comparator::thenComparing), byMoreThanName);
    }

    private Comparator<Integer> wish(TableColumn<FileRow, ?> column) {
        Comparator<Integer> by = compares(column.getId());
        return column.getSortType() == TableColumn.SortType.DESCENDING ? by.reversed() : by;
    }

    /// Directories first, then by name; what a column is sorted by comes before that.
    private Comparator<Integer> order(List<Comparator<Integer>> wishes) {
        Comparator<Integer> order = Comparator.comparing(
                node -> !rows.fact(node, FileListing::kind, FileKind.FILE).equals(FileKind.DIRECTORY));
        for (Comparator<Integer> wish : wishes) {
            order = order.thenComparing(wish);
        }
        return order.thenComparing((one, other) ->
                rows.files().map(tree -> tree.compareNames(one, other)).orElse(0));
    }

    private Comparator<Integer> compares(String column) {
        return switch (column) {
            case "size" -> Comparator.comparing(rows::sizeOf);
            case "growth" ->
                Comparator.comparing(node ->
                        remark.map(more -> more.growth().applyAsLong(node)).orElse(0L));
            case "mode" -> Comparator.comparing(node -> rows.fact(node, FileListing::mode, 0));
            case "owner" ->
                Comparator.comparing((Integer node) -> rows.fact(node, FileListing::uid, 0L))
                        .thenComparing(node -> rows.fact(node, FileListing::gid, 0L));
            case "modified" -> Comparator.comparing(node -> rows.fact(node, FileListing::modifiedAt, Instant.EPOCH));
            case "note" ->
                Comparator.comparing((Integer node) -> rows.fact(node, FileListing::change, FileChange.NONE))
                        .thenComparing(node -> rows.hiddenBy(node).orElse(0));
            default ->
                (one, other) ->
                        rows.files().map(tree -> tree.compareNames(one, other)).orElse(0);
        };
    }
}
