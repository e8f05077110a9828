package io.darsena.app.run;

import io.darsena.app.text.Messages;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Name and value of one variable. Several lines that are pasted into the name become rows of their own.
final class VariableRow extends HBox {

    private static final KeyCombination PASTE = new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN);

    private final Variable variable;
    private final TextField name = new TextField();

    VariableRow(Messages messages, RunViewModel model, Variable variable) {
        this.variable = variable;
        getStyleClass().add("variable");
        name.setPromptText(messages.text("run.environment.name"));
        name.setAccessibleText(name.getPromptText());
        name.getStyleClass().add("mono");
        name.textProperty().bindBidirectional(variable.name());
        name.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (PASTE.match(key) && pasted(model)) {
                key.consume();
            }
        });
        TextField value = new TextField();
        value.setPromptText(messages.text("run.environment.value"));
        value.setAccessibleText(value.getPromptText());
        value.getStyleClass().add("mono");
        value.textProperty().bindBidirectional(variable.value());
        HBox.setHgrow(value, Priority.ALWAYS);
        Button remove = new Button("", new FontIcon(Feather.X));
        remove.getStyleClass().addAll("flat", "icon-button");
        remove.setAccessibleText(messages.text("run.environment.remove"));
        remove.setTooltip(new Tooltip(messages.text("run.environment.remove")));
        remove.setOnAction(event -> model.environment().remove(variable));
        Label equals = new Label("=");
        equals.getStyleClass().add("muted");
        getChildren().addAll(name, equals, value, remove);
    }

    private static boolean pasted(RunViewModel model) {
        String text = Clipboard.getSystemClipboard().getString();
        return text != null && text.indexOf('=') > 0 && model.paste(text);
    }

    Variable variable() {
        return variable;
    }

    void focusName() {
        name.requestFocus();
    }
}
