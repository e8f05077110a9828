package io.darsena.app.registries;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Command;
import io.darsena.app.session.Failure;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Asks for a name and a password. It closes when the registry has let in; a refusal shows in it. The password
/// is in its field and nowhere else, and leaves that as soon as the registry has answered.
public final class LoginDialog {

    private final WindowContext context;
    private final Messages messages;
    private final RegistryHost registry;
    private final Runnable then;
    private final Dialog<ButtonType> dialog = new Dialog<>();
    private final TextField user = new TextField();
    private final PasswordField password = new PasswordField();
    private final FailurePlace place = new FailurePlace();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private Optional<Command> command = Optional.empty();

    private LoginDialog(WindowContext context, RegistryHost registry, Runnable then) {
        this.context = context;
        this.messages = context.messages();
        this.registry = registry;
        this.then = then;
    }

    /// @param above a node of the window that asks
    /// @param then runs when somebody has logged in
    public static void open(WindowContext context, RegistryHost registry, @Nullable Node above, Runnable then) {
        LoginDialog dialog = new LoginDialog(context, registry, then);
        if (above != null && above.getScene() != null) {
            dialog.dialog.initOwner(above.getScene().getWindow());
        }
        dialog.show();
    }

    private void show() {
        Label title = new Label(messages.text("login.title", RegistryWords.name(registry)));
        title.getStyleClass().add("dialog-title");
        title.setWrapText(true);
        user.setId("login-user");
        password.setId("login-password");
        context.registries().login(registry).ifPresent(login -> user.setText(login.user()));
        Label kept = new Label(messages.text("login.kept"));
        kept.getStyleClass().addAll("muted", "small-text");
        kept.setWrapText(true);
        FailureBanner banner = new FailureBanner(messages, place);
        VBox content =
                new VBox(title, field("login.user", user), field("login.password", password), kept, banner, progress());
        content.getStyleClass().addAll("dialog-words", "form");
        dialog.setTitle(title.getText());
        dialog.getDialogPane().setContent(content);
        ButtonType logIn = new ButtonType(messages.text("login.do"), ButtonData.OK_DONE);
        ButtonType cancel = new ButtonType(messages.text("confirm.cancel"), ButtonData.CANCEL_CLOSE);
        dialog.getDialogPane().getButtonTypes().setAll(logIn, cancel);
        Button button = (Button) dialog.getDialogPane().lookupButton(logIn);
        button.getStyleClass().add("primary");
        button.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> busy.get()
                                || isNoUser(user.getText())
                                || password.getText().isEmpty(),
                        busy,
                        user.textProperty(),
                        password.textProperty()));
        button.addEventFilter(ActionEvent.ACTION, event -> {
            logIn();
            event.consume();
        });
        banner.visibleProperty().addListener(change -> fit());
        dialog.setOnShown(event -> (user.getText().isEmpty() ? user : password).requestFocus());
        dialog.setOnHidden(event -> {
            password.clear();
            command.ifPresent(Command::cancel);
        });
        dialog.show();
    }

    private static boolean isNoUser(String text) {
        return text.isBlank() || text.indexOf(':') >= 0;
    }

    private VBox field(String key, TextField input) {
        Label label = new Label(messages.text(key));
        label.setLabelFor(input);
        input.setAccessibleText(label.getText());
        VBox field = new VBox(label, input);
        field.getStyleClass().add("field");
        return field;
    }

    private Label progress() {
        Label progress = new Label(messages.text("login.busy"));
        progress.getStyleClass().add("muted");
        progress.visibleProperty().bind(busy);
        return progress;
    }

    /// The dialog grows with what it has to say.
    private void fit() {
        context.pump().run(() -> {
            if (dialog.isShowing()) {
                dialog.getDialogPane().getScene().getWindow().sizeToScene();
            }
        });
    }

    private void logIn() {
        Optional<RegistryCredential> credential = credential();
        if (credential.isEmpty()) {
            return;
        }
        Command begun = context.registries().login(place, registry, credential.get(), () -> {
            dialog.close();
            then.run();
        });
        command = Optional.of(begun);
        busy.set(true);
        begun.running().subscribe(running -> {
            if (!running) {
                busy.set(false);
                password.clear();
                password.requestFocus();
            }
        });
    }

    private Optional<RegistryCredential> credential() {
        try {
            return Optional.of(new RegistryCredential.Password(user.getText().strip(), new Secret(password.getText())));
        } catch (IllegalArgumentException wrong) {
            place.show(Failure.of(wrong));
            return Optional.empty();
        }
    }
}
