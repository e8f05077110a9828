package io.darsena.app.containers;

import io.darsena.app.containers.ContainersViewModel.Beginning;
import io.darsena.app.control.CopyableCommand;
import io.darsena.app.control.EmptyState;
import io.darsena.app.list.EmptyPlace;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What the list says while it has no rows: how to come to a first container.
final class NoContainers extends StackPane {

    NoContainers(WindowContext context, ContainersViewModel model) {
        Messages messages = context.messages();
        EmptyState starter = state(
                messages,
                "empty.containers.text",
                button(
                        "run-starter",
                        messages.text("empty.containers.run"),
                        Feather.PLAY,
                        () -> model.runStarter(context.navigation()::showContainer)),
                new CopyableCommand(messages, "docker run -d darsena/starter"));
        EmptyState other = state(
                messages,
                "empty.containers.otherImage",
                button(
                        "run-any",
                        messages.text("empty.containers.runAny"),
                        Feather.PLAY,
                        () -> context.navigation().run(Optional.empty())));
        EmptyState noImage = state(
                messages,
                "empty.containers.noImage",
                button(
                        "restore-starter",
                        messages.text("images.restoreStarter"),
                        Feather.CORNER_UP_LEFT,
                        () -> model.restoreStarter()));
        model.beginning().subscribe(now -> {
            starter.setVisible(now == Beginning.STARTER);
            other.setVisible(now == Beginning.OTHER_IMAGE);
            noImage.setVisible(now == Beginning.NO_IMAGE);
        });
        getChildren()
                .add(new EmptyPlace(
                        messages,
                        model.rows(),
                        messages.text("empty.filtered.text"),
                        new StackPane(starter, other, noImage)));
    }

    private static EmptyState state(Messages messages, String explanation, Node... actions) {
        return new EmptyState(
                Feather.BOX, messages.text("empty.containers.title"), messages.text(explanation), actions);
    }

    private static Button button(String id, String words, Ikon icon, Runnable action) {
        Button button = new Button(words, new FontIcon(icon));
        button.getStyleClass().add("primary");
        button.setId(id);
        button.setOnAction(event -> action.run());
        return button;
    }
}
