package io.darsena.app.images;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;

/// Parts of a line that belong together: as wide as they are side by side, and in several lines of their own where
/// there is not so much room.
final class PartGroup extends FlowPane {

    /// @param room how wide it may become
    PartGroup(List<? extends Region> parts, ObservableValue<Double> room) {
        getStyleClass().add("part-group");
        getChildren().setAll(parts);
        // The least width wins over the most, and that of a FlowPane is its widest part's.
        setMinWidth(0);
        maxWidthProperty().bind(room);
        parts.stream()
                .filter(Label.class::isInstance)
                .forEach(words -> words.maxWidthProperty().bind(room));
        // A group of which nothing is shown leaves no gap.
        parts.forEach(part -> part.managedProperty().addListener(change -> leaveIfEmpty()));
        leaveIfEmpty();
    }

    private void leaveIfEmpty() {
        boolean any = getChildren().stream().anyMatch(Node::isManaged);
        setVisible(any);
        setManaged(any);
    }

    @Override
    protected double computePrefWidth(double height) {
        double width = -getHgap();
        for (Node part : getManagedChildren()) {
            width += getHgap() + snapSizeX(part.prefWidth(-1));
        }
        return snappedLeftInset() + Math.max(0, width) + snappedRightInset();
    }
}
