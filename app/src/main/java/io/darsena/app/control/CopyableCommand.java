package io.darsena.app.control;

import io.darsena.app.text.Messages;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/// A command to take along, with a button that copies it.
public final class CopyableCommand extends HBox {

    public CopyableCommand(Messages messages, String command) {
        getStyleClass().add("copyable-command");
        setMaxWidth(USE_PREF_SIZE);
        Label words = new Label(command);
        words.getStyleClass().add("mono");
        getChildren().addAll(words, new CopyButton(messages.text("copy.command", command), () -> command));
    }
}
