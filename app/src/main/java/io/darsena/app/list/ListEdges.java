package io.darsena.app.list;

import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// What a list says begins and ends where everything else on the screen does, whichever columns are shown and in
/// whatever order. The toolkit marks the last column itself, and no first one.
public final class ListEdges {

    private static final String LEADING = "leading";

    private ListEdges() {}

    /// Marks the first column that is shown, for the style sheet.
    public static void keep(TableView<?> table) {
        InvalidationListener mark = change -> mark(table.getVisibleLeafColumns());
        table.getVisibleLeafColumns().addListener(mark);
        mark.invalidated(table.getVisibleLeafColumns());
    }

    private static void mark(List<? extends TableColumn<?, ?>> shown) {
        for (int at = 0; at < shown.size(); at++) {
            List<String> styles = shown.get(at).getStyleClass();
            if (at > 0) {
                styles.remove(LEADING);
            } else if (!styles.contains(LEADING)) {
                styles.add(LEADING);
            }
        }
    }
}
