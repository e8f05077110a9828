package io.darsena.app.list;

import io.darsena.app.control.EmptyState;
import io.darsena.app.text.Messages;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;

/// What stands in the place of rows: how to begin when there is nothing at all, the way back when filter or search
/// hide everything.
public final class EmptyPlace extends StackPane {

    public EmptyPlace(Messages messages, ListRows<?, ?, ?> rows, String filtered, Node none) {
        Button clear = new Button(messages.text("empty.filtered.clear"));
        clear.setId("clear-filters");
        clear.setOnAction(event -> rows.clearFilters());
        EmptyState hidden = new EmptyState(Feather.FILTER, messages.text("empty.filtered.title"), filtered, clear);
        none.visibleProperty().bind(Bindings.isEmpty(rows.all()));
        hidden.visibleProperty().bind(none.visibleProperty().not());
        getChildren().addAll(none, hidden);
    }
}
