package io.darsena.app.images;

import io.darsena.app.control.CopyableCommand;
import io.darsena.app.control.EmptyState;
import io.darsena.app.list.EmptyPlace;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What the list says while it has no rows: the starter image can come back, and others can be imported.
final class NoImages extends StackPane {

    NoImages(WindowContext context, ImagesViewModel model, Runnable importFile) {
        Messages messages = context.messages();
        Button starter = new Button(messages.text("images.restoreStarter"), new FontIcon(Feather.CORNER_UP_LEFT));
        starter.getStyleClass().add("primary");
        starter.setId("restore-starter");
        starter.setOnAction(event -> model.actions().restoreStarter());
        Button first = new Button(messages.text("import.file"), new FontIcon(Feather.DOWNLOAD));
        first.setId("import-first");
        first.setOnAction(event -> importFile.run());
        Button pull = new Button(messages.text("images.pull"), new FontIcon(Feather.DOWNLOAD_CLOUD));
        pull.setId("pull-first");
        pull.setOnAction(event -> context.navigation().pull(""));
        EmptyState none = new EmptyState(
                Feather.LAYERS,
                messages.text("empty.images.title"),
                messages.text("empty.images.text"),
                new CopyableCommand(messages, "docker save -o image.tar NAME"),
                pull,
                first,
                starter);
        getChildren().add(new EmptyPlace(messages, model.rows(), messages.text("empty.images.filtered"), none));
    }
}
