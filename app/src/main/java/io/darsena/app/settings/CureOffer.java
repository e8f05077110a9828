package io.darsena.app.settings;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Command;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.Messages;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The command that cures a reduction: to copy, and where polkit can ask for the password, to run here.
final class CureOffer extends VBox {

    private final WindowContext context;
    private final Messages messages;
    private final FailurePlace place = new FailurePlace();
    private final Label done;

    /// @param reduction its key
    CureOffer(WindowContext context, String reduction, String command, Optional<RootCommand> asRoot) {
        this.context = context;
        this.messages = context.messages();
        this.done = SettingsCard.wrapped(messages.text("settings.cure.done"));
        getStyleClass().add("cure");
        getChildren().add(SettingsCard.command(command, messages.text("action.copy")));
        asRoot.ifPresent(root -> offer(reduction, root));
    }

    private void offer(String reduction, RootCommand root) {
        Button run = new Button(messages.text("settings.cure.run"));
        run.setId("cure-" + reduction);
        run.setMinWidth(USE_PREF_SIZE);
        run.setAccessibleText(messages.text("settings.cure.run") + " " + String.join(" ", root.words()));
        run.setOnAction(event -> begin(root, run));
        FontIcon mark = new FontIcon(Feather.CHECK_CIRCLE);
        mark.getStyleClass().add("good");
        done.setGraphic(mark);
        show(false);
        getChildren().addAll(run, done, new FailureBanner(messages, place));
    }

    private void begin(RootCommand root, Button run) {
        show(false);
        Command asked = context.commands().run(place, engine -> root.run(), () -> show(true));
        run.disableProperty().bind(asked.running());
    }

    private void show(boolean isDone) {
        done.setVisible(isDone);
        done.setManaged(isDone);
    }
}
