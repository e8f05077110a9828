package io.darsena.app.compare;

import io.darsena.app.text.Messages;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.layer.TreeComparison;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// One line below the files: whether they have been looked into, a button that does it, and how far it is. Not there
/// where every file of equal size comes from the same layer.
final class ContentsStrip extends HBox {

    private final Messages messages;

    ContentsStrip(Messages messages, CompareViewModel model) {
        this.messages = messages;
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
        getChildren().addAll(told, begin, running(model));
        visibleProperty().bind(told.textProperty().isNotEmpty());
        managedProperty().bind(visibleProperty());
    }

    /// Nothing has been compared yet. What was left out once is left out the next time, too.
    private static boolean isOpen(TreeComparison comparison) {
        TreeComparison.Contents contents = comparison.sums().contents();
        return contents.uncompared() > 0 && contents.compared() == 0;
    }

    private Node running(CompareViewModel model) {
        ProgressBar bar = new ProgressBar();
        bar.setAccessibleText(messages.text("compare.comparing"));
        bar.progressProperty().bind(model.progress().map(ContentsStrip::share));
        Label far = new Label();
        far.getStyleClass().addAll("muted", "small-text");
        far.setMinWidth(USE_PREF_SIZE);
        far.textProperty().bind(model.progress().map(this::far));
        Button cancel = new Button(messages.text("compare.stop"));
        cancel.setId("compare-stop");
        cancel.getStyleClass().add("small");
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.setOnAction(event -> model.stopContents());
        HBox running = new HBox(bar, far, cancel);
        running.getStyleClass().add("waste-search");
        running.setMinWidth(Region.USE_PREF_SIZE);
        running.visibleProperty().bind(model.comparing());
        running.managedProperty().bind(running.visibleProperty());
        return running;
    }

    private static double share(Optional<TransferProgress> told) {
        return told.filter(known -> known.total().orElse(0) > 0)
                .map(known -> (double) known.done() / known.total().getAsLong())
                .orElse(ProgressBar.INDETERMINATE_PROGRESS);
    }

    private String far(Optional<TransferProgress> told) {
        return told.map(known -> messages.text(
                        "waste.far",
                        messages.quantities().size(known.done()),
                        messages.quantities().size(known.total().orElse(0))))
                .orElse("");
    }
}
