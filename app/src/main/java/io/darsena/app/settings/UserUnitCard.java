package io.darsena.app.settings;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Command;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.settings.UserUnit.Absence;
import io.darsena.app.text.Messages;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// A switch that keeps images in sync while the window is closed, and where there is nothing to switch, why.
final class UserUnitCard extends VBox {

    private final WindowContext context;
    private final Messages messages;
    private final UserUnit unit;
    private final FailurePlace place = new FailurePlace();
    private final CheckBox kept;
    private final Label why = SettingsCard.muted("");

    UserUnitCard(WindowContext context, UserUnit unit) {
        this.context = context;
        this.messages = context.messages();
        this.unit = unit;
        getStyleClass().add("card");
        setId("user-unit");
        Label heading = new Label(messages.text("settings.unit"));
        heading.getStyleClass().add("strong");
        kept = new CheckBox(messages.text("settings.unit.keep"));
        kept.setId("keep-in-sync");
        kept.setWrapText(true);
        kept.setDisable(true);
        kept.setOnAction(event -> set(kept.isSelected()));
        getChildren().setAll(heading, kept, why, new FailureBanner(messages, place));
        SceneLife.of(this).during(() -> {
            look();
            return () -> {};
        });
    }

    private void look() {
        Thread.ofVirtual().name("darsena-user-unit").start(() -> {
            Optional<Absence> absence = unit.absence();
            boolean on = unit.isOn();
            context.pump().run(() -> show(absence, on));
        });
    }

    private void show(Optional<Absence> absence, boolean on) {
        kept.disableProperty().unbind();
        kept.setDisable(absence.isPresent());
        kept.setSelected(on);
        why.setText(messages.text(
                absence.map(each -> "settings.unit." + each.name().toLowerCase(Locale.ROOT))
                        .orElse("settings.unit.why")));
        kept.setAccessibleHelp(why.getText());
    }

    /// What systemd refused is looked at anew, as what it did is.
    private void set(boolean wanted) {
        Command asked = context.commands().run(place, engine -> unit.set(wanted));
        kept.disableProperty().bind(asked.running());
        asked.running().subscribe(running -> {
            if (!running) {
                look();
            }
        });
    }
}
