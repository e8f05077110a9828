package io.darsena.app.list;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.control.TableView;
import javafx.scene.control.TableView.TableViewSelectionModel;

/// Keeps rows selected while rows come, go and change places. The toolkit keeps places: it selects a neighbour of a row
/// that has gone, so that the next key would meet a row that nobody chose, and of several rows it keeps one when much
/// changes at once. JavaFX thread only.
final class KeptSelection<R> {

    private final TableView<R> table;
    private Function<R, Object> identity = row -> row;
    private Set<Object> kept = Set.of();
    private Optional<Object> last = Optional.empty();

    KeptSelection(TableView<R> table) {
        this.table = table;
    }

    /// @param identity what stays the same of a row that others replace
    void by(Function<R, Object> identity) {
        this.identity = identity;
    }

    /// Remembers what is selected, before the rows change.
    void note() {
        List<R> items = table.getItems();
        kept = indices().mapToObj(items::get).map(identity).collect(Collectors.toSet());
        last = Optional.ofNullable(table.getSelectionModel().getSelectedItem())
                .map(identity)
                .filter(kept::contains);
    }

    /// Selects what was selected before and is still there, and nothing else. The mark of the keyboard stays where the
    /// toolkit put it.
    void restore() {
        int[] wanted = places();
        if (!IntStream.of(wanted).boxed().toList().equals(indices().boxed().toList())) {
            int marked = table.getFocusModel().getFocusedIndex();
            select(wanted);
            table.getFocusModel().focus(Math.min(marked, table.getItems().size() - 1));
        }
    }

    private IntStream indices() {
        int size = table.getItems().size();
        return table.getSelectionModel().getSelectedIndices().stream()
                .mapToInt(Integer::intValue)
                .filter(index -> index >= 0 && index < size)
                .sorted();
    }

    private int[] places() {
        if (kept.isEmpty()) {
            return new int[0];
        }
        return IntStream.range(0, table.getItems().size())
                .filter(index -> kept.contains(identityOf(index)))
                .toArray();
    }

    private Object identityOf(int index) {
        return identity.apply(table.getItems().get(index));
    }

    private void select(int[] wanted) {
        TableViewSelectionModel<R> selection = table.getSelectionModel();
        selection.clearSelection();
        if (wanted.length > 0) {
            int leading = IntStream.of(wanted)
                    .filter(index -> last.filter(identityOf(index)::equals).isPresent())
                    .findFirst()
                    .orElse(wanted[0]);
            selection.selectIndices(
                    wanted[0],
                    IntStream.concat(IntStream.of(wanted).skip(1), IntStream.of(leading))
                            .toArray());
        }
    }
}
