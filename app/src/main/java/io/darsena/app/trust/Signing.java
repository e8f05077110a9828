package io.darsena.app.trust;

import io.darsena.app.control.Choice;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.trust.SigningKey;
import io.darsena.bridge.trust.TrustRule;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Signs one image by hand: which key is asked where there are several, one is made where there is none, and its
/// password is asked where it is locked.
public final class Signing {

    private final WindowContext context;
    private final Messages messages;
    private final @Nullable Node above;
    private final FailurePlace place;
    private final ImageReference name;

    private Signing(WindowContext context, @Nullable Node above, FailurePlace place, ImageReference name) {
        this.context = context;
        this.messages = context.messages();
        this.above = above;
        this.place = place;
        this.name = name;
    }

    public static void begin(WindowContext context, @Nullable Node above, FailurePlace place, ImageReference name) {
        Signing signing = new Signing(context, above, place, name);
        signing.askForKeys();
    }

    /// Does something that needs this key: at once, or after its password was given where it is locked.
    ///
    /// @param key empty where none is needed
    public static void unlocked(
            WindowContext context, @Nullable Node above, FailurePlace place, Optional<String> key, Runnable then) {
        if (key.isEmpty()) {
            then.run();
            return;
        }
        AtomicReference<Boolean> locked = new AtomicReference<>(false);
        context.commands()
                .run(
                        place,
                        engine -> locked.set(engine.trust().signingKeys().stream()
                                .anyMatch(each -> each.name().equals(key.get()) && !each.unlocked())),
                        () -> {
                            if (locked.get()) {
                                KeyDialog.unlock(context, above, key.get(), then);
                            } else {
                                then.run();
                            }
                        });
    }

    /// The key with which the rules want a push of this name to be signed.
    public static Optional<String> key(WindowContext context, ImageReference name) {
        return context.session().settings().get().trust().rule(name).flatMap(TrustRule::signWith);
    }

    private void askForKeys() {
        AtomicReference<List<SigningKey>> keys = new AtomicReference<>(List.of());
        context.commands().run(place, engine -> keys.set(engine.trust().signingKeys()), () -> choose(keys.get()));
    }

    private void choose(List<SigningKey> keys) {
        if (keys.isEmpty()) {
            KeyDialog.make(context, above, this::askForKeys);
            return;
        }
        ComboBox<SigningKey> choice =
                Choice.of(keys, key -> key.unlocked() ? key.name() : messages.text("sign.key.locked", key.name()));
        choice.setId("sign-key");
        choice.setValue(keys.getFirst());
        choice.setMaxWidth(Double.MAX_VALUE);
        Dialog<SigningKey> dialog = new Dialog<>();
        if (above != null && above.getScene() != null) {
            dialog.initOwner(above.getScene().getWindow());
        }
        dialog.setTitle(messages.text("sign.title", name.familiar()));
        dialog.getDialogPane().setContent(words(choice));
        ButtonType act = new ButtonType(messages.text("sign.do"), ButtonData.OK_DONE);
        dialog.getDialogPane()
                .getButtonTypes()
                .setAll(act, new ButtonType(messages.text("confirm.cancel"), ButtonData.CANCEL_CLOSE));
        ((Button) dialog.getDialogPane().lookupButton(act)).getStyleClass().add("primary");
        dialog.setResultConverter(button -> button == act ? choice.getValue() : null);
        dialog.setOnShown(event -> choice.requestFocus());
        dialog.setOnHidden(event -> Optional.ofNullable(dialog.getResult()).ifPresent(this::with));
        dialog.show();
    }

    private VBox words(ComboBox<SigningKey> choice) {
        Label heading = new Label(messages.text("sign.title", name.familiar()));
        heading.getStyleClass().add("dialog-title");
        heading.setWrapText(true);
        Label label = new Label(messages.text("sign.key"));
        label.setLabelFor(choice);
        choice.setAccessibleText(label.getText());
        VBox field = new VBox(label, choice);
        field.getStyleClass().add("field");
        VBox content = new VBox(heading, field);
        content.getStyleClass().addAll("dialog-words", "form");
        return content;
    }

    private void with(SigningKey key) {
        if (key.unlocked()) {
            sign(key.name());
        } else {
            KeyDialog.unlock(context, above, key.name(), () -> sign(key.name()));
        }
    }

    private void sign(String key) {
        context.commands().run(place, engine -> engine.trust().sign(name, key));
    }
}
