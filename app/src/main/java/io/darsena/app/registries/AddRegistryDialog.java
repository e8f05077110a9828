package io.darsena.app.registries;

import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.RegistryHost;
import java.util.Optional;
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

/// Asks for a registry's name; its button works only for a name that a registry can have.
final class AddRegistryDialog {

    private AddRegistryDialog() {}

    static void show(Messages messages, @Nullable Window owner, Consumer<RegistryHost> chosen) {
        Dialog<ButtonType> dialog = new Dialog<>();
        ButtonType add = new ButtonType(messages.text("registries.add.verb"), ButtonData.OK_DONE);
        ButtonType cancel = new ButtonType(messages.text("confirm.cancel"), ButtonData.CANCEL_CLOSE);
        TextField field = new TextField();
        field.setId("registry-name");
        field.setPromptText("registry.example.com:5000");
        field.setAccessibleText(messages.text("registries.add.name"));
        Label title = new Label(messages.text("registries.add.title"));
        title.getStyleClass().add("dialog-title");
        Label meaning = new Label();
        meaning.getStyleClass().addAll("muted", "small-text");
        meaning.setWrapText(true);
        VBox content = new VBox(title, field, meaning);
        content.getStyleClass().add("dialog-words");
        dialog.initOwner(owner);
        dialog.setTitle(title.getText());
        dialog.getDialogPane().setContent(content);
        dialog.getDialogPane().getButtonTypes().setAll(add, cancel);
        Button button = (Button) dialog.getDialogPane().lookupButton(add);
        button.getStyleClass().add("primary");
        field.textProperty().subscribe(text -> {
            Optional<RegistryHost> host = RegistriesViewModel.typed(text);
            button.setDisable(host.isEmpty());
            meaning.setText(
                    host.isEmpty()
                            ? messages.text(text.isBlank() ? "registries.add.rule" : "registries.add.problem")
                            : messages.text("registries.add.means", host.get().name()));
        });
        dialog.setOnShown(event -> field.requestFocus());
        dialog.setOnHidden(event -> {
            if (dialog.getResult() == add) {
                RegistriesViewModel.typed(field.getText()).ifPresent(chosen);
            }
        });
        dialog.show();
    }
}
