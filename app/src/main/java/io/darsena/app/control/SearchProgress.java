package io.darsena.app.control;

import io.darsena.app.text.Messages;
import io.darsena.bridge.image.TransferProgress;
import java.util.Optional;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;

/// How far the engine is with reading files, and a button that stops it; there only while it reads.
public final class SearchProgress extends HBox {

    private final Messages messages;
    private final ProgressBar bar = new ProgressBar();
    private final Button stop = new Button();

    /// @param progress empty until the engine has told something
    public SearchProgress(
            Messages messages, ObservableBooleanValue running, ObservableValue<Optional<TransferProgress>> progress) {
        this.messages = messages;
        bar.progressProperty().bind(progress.map(SearchProgress::share));
        Label far = new Label();
        far.getStyleClass().addAll("muted", "small-text");
        far.setMinWidth(USE_PREF_SIZE);
        far.textProperty().bind(progress.map(this::far));
        stop.getStyleClass().add("small");
        stop.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(bar, far, stop);
        getStyleClass().add("waste-search");
        setMinWidth(USE_PREF_SIZE);
        visibleProperty().bind(running);
        managedProperty().bind(visibleProperty());
    }

    /// What a screen reader calls it, and the button that stops it.
    public SearchProgress called(String what, String id, String label, Runnable stopping) {
        bar.setAccessibleText(what);
        stop.setId(id);
        stop.setText(label);
        stop.setOnAction(event -> stopping.run());
        return this;
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
