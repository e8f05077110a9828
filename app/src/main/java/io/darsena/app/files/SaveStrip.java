package io.darsena.app.files;

import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import java.nio.file.Path;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Says what is being saved and how far it is, and then where it went, until that is dismissed.
final class SaveStrip extends HBox {

    private final Messages messages;
    private final FontIcon icon = new FontIcon(Feather.DOWNLOAD);
    private final Label words = new Label();
    private final ProgressBar bar = new ProgressBar();
    private final Button cancel;
    private final Button dismiss;
    private String name = "";
    private long expected;

    SaveStrip(Messages messages, Runnable cancelling) {
        this.messages = messages;
        getStyleClass().addAll("log-notice", "save-strip");
        words.setWrapText(true);
        words.setMaxWidth(Double.MAX_VALUE);
        words.setId("save-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        bar.setPrefWidth(140);
        bar.setAccessibleText(messages.text("files.saving.bar"));
        cancel = new Button(messages.text("confirm.cancel"));
        cancel.getStyleClass().addAll("flat", "small");
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.setOnAction(event -> cancelling.run());
        dismiss = new Button("", new FontIcon(Feather.X));
        dismiss.getStyleClass().addAll("flat", "icon-button");
        dismiss.setAccessibleText(messages.text("failure.dismiss"));
        dismiss.setTooltip(new Tooltip(messages.text("failure.dismiss")));
        dismiss.setOnAction(event -> forget());
        getChildren().addAll(icon, words, bar, cancel, dismiss);
        managedProperty().bind(visibleProperty());
        forget();
    }

    void forget() {
        setVisible(false);
    }

    /// @param bytes about how many it will be; 0 when nobody knows
    void begin(String what, long bytes) {
        name = what;
        expected = bytes;
        getStyleClass().remove("done");
        icon.setIconCode(Feather.DOWNLOAD);
        parts(true);
        written(0);
        setVisible(true);
    }

    void written(long bytes) {
        words.setText(messages.text("files.saving", name, messages.quantities().size(bytes)));
        bar.setProgress(expected <= 0 ? ProgressBar.INDETERMINATE_PROGRESS : Math.min(1, (double) bytes / expected));
    }

    /// @param leftOut how much the file lacks of what was to be in it
    void done(Path file, long bytes, long leftOut) {
        String saved = messages.text("files.saved", messages.quantities().size(bytes), PlainText.line(file.toString()));
        tell(leftOut == 0 ? saved : saved + " · " + messages.text("files.saved.leftOut", leftOut));
    }

    /// Something is done.
    void tell(String told) {
        if (!getStyleClass().contains("done")) {
            getStyleClass().add("done");
        }
        icon.setIconCode(Feather.CHECK);
        parts(false);
        words.setText(told);
        setVisible(true);
    }

    private void parts(boolean saving) {
        for (Node part : new Node[] {bar, cancel}) {
            part.setVisible(saving);
            part.setManaged(saving);
        }
        dismiss.setVisible(!saving);
        dismiss.setManaged(!saving);
    }
}
