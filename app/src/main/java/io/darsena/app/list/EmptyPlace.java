package io.darsena.app.list;

import io.darsena.app.control.EmptyState;
import io.darsena.app.text.Messages;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;

/// What stands in the place of rows: how to begin when there is nothing at all, the way back when filter or search
/// hide everything. Where there is little room it scrolls.
public final class EmptyPlace extends ScrollPane {

    public EmptyPlace(Messages messages, ListRows<?, ?, ?> rows, String filtered, Node none) {
        Button clear = new Button(messages.text("empty.filtered.clear"));
        clear.setId("clear-filters");
        clear.setOnAction(event -> rows.clearFilters());
        EmptyState hidden = new EmptyState(Feather.FILTER, messages.text("empty.filtered.title"), filtered, clear);
        none.visibleProperty().bind(Bindings.isEmpty(rows.all()));
        hidden.visibleProperty().bind(none.visibleProperty().not());
        getStyleClass().add("empty-place");
        setContent(new StackPane(none, hidden));
        setFitToWidth(true);
        setFitToHeight(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        setMinHeight(0);
    }
}
