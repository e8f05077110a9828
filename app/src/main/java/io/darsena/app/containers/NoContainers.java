package io.darsena.app.containers;

import io.darsena.app.control.CopyableCommand;
import io.darsena.app.control.EmptyState;
import io.darsena.app.list.EmptyPlace;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What the list says while it has no rows: how to come to a first container.
final class NoContainers extends StackPane {

    NoContainers(WindowContext context, ContainersViewModel model) {
        Messages messages = context.messages();
        Button starter = new Button(messages.text("empty.containers.run"), new FontIcon(Feather.PLAY));
        starter.getStyleClass().add("primary");
        starter.setId("run-starter");
        starter.setOnAction(event -> model.runStarter(context.navigation()::showContainer));
        EmptyState none = new EmptyState(
                Feather.BOX,
                messages.text("empty.containers.title"),
                messages.text("empty.containers.text"),
                starter,
                new CopyableCommand(messages, "docker run -d darsena/starter"));
        getChildren().add(new EmptyPlace(messages, model.rows(), messages.text("empty.filtered.text"), none));
    }
}
