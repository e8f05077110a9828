package io.darsena.app.compare;

import io.darsena.app.control.SearchProgress;
import io.darsena.app.text.Messages;
import io.darsena.bridge.layer.TreeComparison;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/// One line below the files: whether they have been looked into, a button that does it, and how far it is. Not there
/// where every file of equal size comes from the same layer.
final class ContentsStrip extends HBox {

    ContentsStrip(Messages messages, CompareViewModel model) {
        DifferenceWords words = new DifferenceWords(messages);
        getStyleClass().add("compare-contents");
        Label told = new Label();
        told.setId("compare-told");
        told.getStyleClass().addAll("muted", "small-text");
        told.setWrapText(true);
        told.setMinHeight(USE_PREF_SIZE);
        told.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(told, Priority.ALWAYS);
        told.textProperty()
                .bind(model.files().map(known -> known.map(words::contents).orElse("")));
        Button begin = new Button(messages.text("compare.begin"));
        begin.setId("compare-contents");
        begin.setOnAction(event -> model.compareContents());
        BooleanBinding open = Bindings.createBooleanBinding(
                () -> !model.comparing().get()
                        && model.files().get().filter(ContentsStrip::isOpen).isPresent(),
                model.comparing(),
                model.files());
        begin.visibleProperty().bind(open);
        begin.setMinWidth(USE_PREF_SIZE);
        begin.getStyleClass().add("small");
        begin.managedProperty().bind(begin.visibleProperty());
        SearchProgress running = new SearchProgress(messages, model.comparing(), model.progress())
                .called(
                        messages.text("compare.comparing"),
                        "compare-stop",
                        messages.text("compare.stop"),
                        model::stopContents);
        getChildren().addAll(told, begin, running);
        visibleProperty().bind(told.textProperty().isNotEmpty());
        managedProperty().bind(visibleProperty());
    }

    /// Nothing has been compared yet. What was left out once is left out the next time, too.
    private static boolean isOpen(TreeComparison comparison) {
        TreeComparison.Contents contents = comparison.sums().contents();
        return contents.isOpen() && contents.compared() == 0;
    }
}
