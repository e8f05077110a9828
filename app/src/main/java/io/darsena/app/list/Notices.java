package io.darsena.app.list;

import java.util.List;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/// The place between the head of a list and its rows, for what has to be said there. It takes no room while nothing is.
public final class Notices {

    private Notices() {}

    public static void fill(VBox place, Node... notices) {
        List<Node> all = List.of(notices);
        place.getChildren().setAll(all);
        BooleanBinding any = Bindings.createBooleanBinding(
                () -> all.stream().anyMatch(Node::isVisible),
                all.stream().map(Node::visibleProperty).toArray(Observable[]::new));
        place.visibleProperty().bind(any);
        place.managedProperty().bind(any);
    }
}
