package io.darsena.app.trust;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Command;
import io.darsena.app.session.Failure;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.Messages;
import io.darsena.bridge.Engine;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.trust.TrustedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.Observable;
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
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Asks for what a signing key needs: a name where one is made, its password, twice where it is new. It closes when the
/// engine has done it; a refusal shows in it. The password is in its field and nowhere else.
public final class KeyDialog {

    private final WindowContext context;
    private final Messages messages;
    private final Dialog<ButtonType> dialog = new Dialog<>();
    private final List<Node> fields = new ArrayList<>();
    private final PasswordField password = new PasswordField();
    private final FailurePlace place = new FailurePlace();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private Optional<TextField> name = Optional.empty();
    private Optional<PasswordField> repeated = Optional.empty();
    private Optional<Command> command = Optional.empty();

    private KeyDialog(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        password.setId("key-password");
    }

    /// What is done with the name and the password.
    public interface Work {
        void with(Engine engine, String name, Secret password);
    }

    /// Makes a key.
    public static void make(WindowContext context, @Nullable Node above, Runnable then) {
        KeyDialog dialog = new KeyDialog(context);
        dialog.askName("");
        dialog.askPassword("key.password.new");
        dialog.askAgain();
        dialog.show(
                above,
                "key.make.title",
                "key.make.do",
                (engine, name, password) -> engine.trust().generate(name, password),
                then);
    }

    /// Takes over a key that cosign wrote.
    ///
    /// @param suggestion for its name
    public static void take(WindowContext context, @Nullable Node above, String pem, String suggestion, Runnable then) {
        KeyDialog dialog = new KeyDialog(context);
        dialog.askName(suggestion);
        dialog.askPassword("key.password");
        dialog.show(
                above,
                "key.import.title",
                "key.import.do",
                (engine, name, password) -> engine.trust().importKey(name, pem, password),
                then);
    }

    /// Opens a key for as long as the engine runs.
    public static void unlock(WindowContext context, @Nullable Node above, String key, Runnable then) {
        KeyDialog dialog = new KeyDialog(context);
        dialog.askPassword("key.password");
        dialog.show(
                above,
                dialog.messages.text("key.unlock.title", key),
                dialog.messages.text("key.unlock.do"),
                key,
                (engine, name, password) -> engine.trust().unlock(key, password),
                then);
    }

    private void askName(String suggestion) {
        TextField field = new TextField(suggestion);
        field.setId("key-name");
        name = Optional.of(field);
        add("key.name", field)
                .getChildren()
                .add(problem("key.name.problem", () -> !field.getText().isBlank() && !isName(field.getText()), field));
    }

    private void askPassword(String key) {
        add(key, password);
    }

    private void askAgain() {
        PasswordField again = new PasswordField();
        again.setId("key-password-again");
        repeated = Optional.of(again);
        add("key.password.again", again)
                .getChildren()
                .add(problem(
                        "key.password.differ",
                        () -> !again.getText().isEmpty() && !password.getText().equals(again.getText()),
                        again,
                        password));
    }

    /// Says why the button does nothing yet; takes its room also while there is nothing to say, so that the fields stay
    /// where they are.
    private Label problem(String key, Callable<Boolean> wrong, TextInputControl... read) {
        Label problem = new Label(messages.text(key));
        problem.getStyleClass().add("problem");
        problem.setWrapText(true);
        Observable[] texts = Stream.of(read).map(TextInputControl::textProperty).toArray(Observable[]::new);
        problem.visibleProperty().bind(Bindings.createBooleanBinding(wrong, texts));
        return problem;
    }

    private VBox add(String key, TextInputControl input) {
        Label label = new Label(messages.text(key));
        label.setLabelFor(input);
        input.setAccessibleText(label.getText());
        VBox field = new VBox(label, input);
        field.getStyleClass().add("field");
        fields.add(field);
        return field;
    }

    private void show(@Nullable Node above, String title, String verb, Work work, Runnable then) {
        show(above, messages.text(title), messages.text(verb), "", work, then);
    }

    private void show(@Nullable Node above, String title, String verb, String key, Work work, Runnable then) {
        Label heading = new Label(title);
        heading.getStyleClass().add("dialog-title");
        heading.setWrapText(true);
        Label kept = new Label(messages.text("key.kept"));
        kept.getStyleClass().addAll("muted", "small-text");
        kept.setWrapText(true);
        VBox content = new VBox(heading);
        content.getChildren().addAll(fields);
        FailureBanner banner = new FailureBanner(messages, place);
        content.getChildren().addAll(kept, banner);
        content.getStyleClass().addAll("dialog-words", "form");
        if (above != null && above.getScene() != null) {
            dialog.initOwner(above.getScene().getWindow());
        }
        dialog.setTitle(title);
        dialog.getDialogPane().setContent(content);
        ButtonType act = new ButtonType(verb, ButtonData.OK_DONE);
        dialog.getDialogPane()
                .getButtonTypes()
                .setAll(act, new ButtonType(messages.text("confirm.cancel"), ButtonData.CANCEL_CLOSE));
        Button button = (Button) dialog.getDialogPane().lookupButton(act);
        button.getStyleClass().add("primary");
        button.disableProperty().bind(Bindings.createBooleanBinding(() -> busy.get() || !isComplete(), watched()));
        button.addEventFilter(ActionEvent.ACTION, event -> {
            run(
                    engine -> work.with(
                            engine, name.map(TextField::getText).orElse(key).strip(), secret()),
                    then);
            event.consume();
        });
        banner.visibleProperty().addListener(change -> fit());
        dialog.setOnShown(
                event -> name.<Node>map(field -> field).orElse(password).requestFocus());
        dialog.setOnHidden(event -> {
            password.clear();
            repeated.ifPresent(PasswordField::clear);
            command.ifPresent(Command::cancel);
        });
        dialog.show();
    }

    private Observable[] watched() {
        List<Observable> watched = new ArrayList<>(List.of(busy, password.textProperty()));
        name.ifPresent(field -> watched.add(field.textProperty()));
        repeated.ifPresent(field -> watched.add(field.textProperty()));
        return watched.toArray(Observable[]::new);
    }

    /// A new key gets a password; one that cosign wrote may have none.
    private boolean isComplete() {
        boolean given = repeated.map(
                        again -> !again.getText().isEmpty() && again.getText().equals(password.getText()))
                .orElse(true);
        return given && name.map(field -> isName(field.getText())).orElse(true);
    }

    private static boolean isName(String text) {
        try {
            TrustedKey.requireName(text.strip());
            return true;
        } catch (IllegalArgumentException not) {
            return false;
        }
    }

    private Secret secret() {
        return Secret.orEmpty(password.getText());
    }

    private void run(Consumer<Engine> work, Runnable then) {
        try {
            secret();
        } catch (IllegalArgumentException wrong) {
            place.show(Failure.of(wrong));
            return;
        }
        Command begun = context.commands().run(place, work::accept, () -> {
            dialog.close();
            then.run();
        });
        command = Optional.of(begun);
        busy.set(true);
        begun.running().subscribe(running -> {
            if (!running) {
                busy.set(false);
            }
        });
    }

    /// The dialog grows with what it has to say.
    private void fit() {
        context.pump().run(() -> {
            if (dialog.isShowing()) {
                dialog.getDialogPane().getScene().getWindow().sizeToScene();
            }
        });
    }
}
