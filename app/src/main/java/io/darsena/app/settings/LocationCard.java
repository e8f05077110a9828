package io.darsena.app.settings;

import io.darsena.app.control.CopyButton;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.Messages;
import io.darsena.bridge.error.FailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A place on the disk: what is kept there, its path, and buttons that open it and copy it.
final class LocationCard extends VBox {

    private final WindowContext context;
    private final FailurePlace place;

    LocationCard(WindowContext context, FailurePlace place, String heading, String what, Path path) {
        this.context = context;
        this.place = place;
        Messages messages = context.messages();
        getStyleClass().add("card");
        Label title = SettingsCard.wrapped(heading);
        title.getStyleClass().add("strong");
        Label where = SettingsCard.wrapped(path.toString());
        where.getStyleClass().add("mono");
        where.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(where, Priority.ALWAYS);
        CopyButton copy = new CopyButton(messages.text("settings.data.copy"), path::toString);
        copy.setMinWidth(USE_PREF_SIZE);
        HBox line = new HBox(where, copy, open(messages, path));
        line.getStyleClass().add("location");
        getChildren().addAll(title, SettingsCard.muted(what), line);
    }

    void add(Node node) {
        getChildren().add(node);
    }

    private Node open(Messages messages, Path path) {
        Optional<DesktopProgram> opener = DesktopProgram.named("xdg-open");
        Button button = new Button(messages.text("settings.data.open"), new FontIcon(Feather.FOLDER));
        button.getStyleClass().add("small");
        button.setMinWidth(USE_PREF_SIZE);
        button.setDisable(opener.isEmpty());
        button.setOnAction(event ->
                opener.ifPresent(program -> context.commands().run(place, engine -> open(program, path))));
        HBox around = new HBox(button);
        around.getStyleClass().add("location");
        if (opener.isEmpty()) {
            // What is disabled hears no mouse: its surroundings say why.
            Tooltip.install(around, new Tooltip(messages.text("settings.data.open.missing")));
        }
        return around;
    }

    private static void open(DesktopProgram program, Path path) {
        try {
            program.launch(path.toString());
        } catch (IOException refused) {
            throw new FailedException("open", path.toString(), String.valueOf(refused.getMessage()), "");
        }
    }
}
