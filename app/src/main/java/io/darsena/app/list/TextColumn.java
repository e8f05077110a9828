package io.darsena.app.list;

import io.darsena.app.text.PlainText;
import java.util.Arrays;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.TableColumn;

/// A column of words about each row.
public final class TextColumn {

    private static final String NUMERIC = "numeric";

    private TextColumn() {}

    /// It stays at its place. Numbers are never cut off; what strangers wrote is on one line and harmless.
    ///
    /// @param styles of the cells; `numeric` is its head's, too
    public static <R> TableColumn<R, R> of(String title, double width, Function<R, String> words, String... styles) {
        TableColumn<R, R> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setReorderable(false);
        if (Arrays.asList(styles).contains(NUMERIC)) {
            column.getStyleClass().add(NUMERIC);
            column.setMinWidth(width);
        }
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(shown -> ListCells.text(words.andThen(PlainText::line), styles));
        return column;
    }
}
