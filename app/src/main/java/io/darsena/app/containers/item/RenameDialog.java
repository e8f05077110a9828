package io.darsena.app.containers.item;

import io.darsena.app.text.Messages;
import io.darsena.bridge.container.ContainerSpec;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// Asks for a new name; its button works only for a name that a container can have.
final class RenameDialog {

    private final Dialog<ButtonType> dialog = new Dialog<>();
    private final TextField field;

    RenameDialog(Messages messages, String name, Consumer<String> chosen) {
        ButtonType rename = new ButtonType(messages.text("rename.verb"), ButtonData.OK_DONE);
        ButtonType cancel = new ButtonType(messages.text("confirm.cancel"), ButtonData.CANCEL_CLOSE);
        field = new TextField(name);
        field.setId("new-name");
        field.setAccessibleText(messages.text("rename.label"));
        Label title = new Label(messages.text("rename.title", name));
        title.getStyleClass().add("dialog-title");
        Label rule = new Label(messages.text("rename.rule"));
        rule.getStyleClass().addAll("muted", "small-text");
        VBox content = new VBox(title, field, rule);
        content.getStyleClass().add("dialog-words");
        dialog.setTitle(title.getText());
        dialog.getDialogPane().setContent(content);
        dialog.getDialogPane().getButtonTypes().setAll(rename, cancel);
        Button button = (Button) dialog.getDialogPane().lookupButton(rename);
        button.getStyleClass().add("primary");
        button.disableProperty()
                .bind(field.textProperty()
                        .map(text -> text.equals(name)
                                || !ContainerSpec.NAME.matcher(text).matches()));
        dialog.setOnShown(event -> {
            field.requestFocus();
            field.selectAll();
        });
        dialog.setOnHidden(event -> {
            if (dialog.getResult() == rename) {
                chosen.accept(field.getText());
            }
        });
    }

    void show(@Nullable Window owner) {
        dialog.initOwner(owner);
        dialog.show();
    }
}
