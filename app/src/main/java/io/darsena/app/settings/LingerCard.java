package io.darsena.app.settings;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Command;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.Messages;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What becomes of the containers at logout, why, and a button that changes it.
final class LingerCard extends VBox {

    private final WindowContext context;
    private final Messages messages;
    private final Linger linger;
    private final FailurePlace place = new FailurePlace();
    private final Label state = SettingsCard.wrapped("");
    private final FontIcon mark = new FontIcon(Feather.INFO);
    private final Button change = new Button();
    private final VBox command = new VBox();
    private boolean on;

    LingerCard(WindowContext context, Linger linger) {
        this.context = context;
        this.messages = context.messages();
        this.linger = linger;
        getStyleClass().add("card");
        setId("linger");
        Label heading = new Label(messages.text("settings.linger"));
        heading.getStyleClass().add("strong");
        state.setGraphic(mark);
        change.setId("linger-change");
        change.setMinWidth(USE_PREF_SIZE);
        change.setOnAction(event -> set(!on));
        HBox buttons = new HBox(change);
        FailureBanner failures = new FailureBanner(messages, place);
        getChildren()
                .setAll(
                        heading,
                        state,
                        SettingsCard.muted(messages.text("settings.linger.why")),
                        command,
                        buttons,
                        failures);
        SceneLife.of(this).during(() -> {
            look();
            return () -> {};
        });
    }

    private void look() {
        Thread.ofVirtual().name("darsena-linger").start(() -> {
            boolean now = linger.isOn();
            context.pump().run(() -> show(now));
        });
    }

    private void show(boolean now) {
        on = now;
        String word = now ? "on" : "off";
        state.setText(messages.text("settings.linger." + word));
        mark.setIconCode(now ? Feather.CHECK_CIRCLE : Feather.ALERT_TRIANGLE);
        mark.getStyleClass().removeAll("good", "warning");
        mark.getStyleClass().add(now ? "good" : "warning");
        change.setText(messages.text("settings.linger." + word + ".change"));
        command.getChildren().setAll(SettingsCard.command(Linger.command(!now), messages.text("action.copy")));
    }

    private void set(boolean wanted) {
        Command asked = context.commands().run(place, engine -> linger.set(wanted), this::look);
        change.disableProperty().bind(asked.running());
    }
}
