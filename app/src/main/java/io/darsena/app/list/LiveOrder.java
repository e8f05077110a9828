package io.darsena.app.list;

import java.util.Comparator;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import org.jspecify.annotations.Nullable;

/// Rows in the order of the columns that sort. Values that move do not move rows until [#renew] is asked for, and then
/// only if some row really stands wrong: nothing is drawn anew for an order that has not changed. A change of order is
/// a permutation, so that a selection stays where it was. JavaFX thread only.
final class LiveOrder<R> {

    private SortedList<R> sorted = new SortedList<>(FXCollections.observableArrayList());
    private @Nullable Comparator<? super R> wanted;

    ObservableList<R> of(ObservableList<R> rows) {
        sorted = new SortedList<>(rows);
        sort();
        return sorted;
    }

    /// @param comparator absent: the rows' own order
    void by(@Nullable Comparator<? super R> comparator) {
        wanted = comparator;
        sort();
    }

    void renew() {
        if (wanted != null && !isInOrder(wanted)) {
            sort();
        }
    }

    /// A list that has its comparator already would not sort again: it is given a new one each time.
    private void sort() {
        Comparator<? super R> comparator = wanted;
        sorted.setComparator(comparator == null ? null : (one, other) -> comparator.compare(one, other));
    }

    private boolean isInOrder(Comparator<? super R> comparator) {
        for (int i = 1; i < sorted.size(); i++) {
            if (comparator.compare(sorted.get(i - 1), sorted.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }
}
