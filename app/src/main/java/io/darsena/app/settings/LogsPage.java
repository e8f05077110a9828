package io.darsena.app.settings;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.FxPump;
import io.darsena.app.text.Messages;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// How much of a container's log is kept on disk. What is typed is told at once what is wrong with it, and kept as soon
/// as it is right and the person pauses.
final class LogsPage extends VBox {

    private final FxPump pump;
    private final LogLimitsViewModel model;

    LogsPage(WindowContext context) {
        getStyleClass().add("settings");
        Messages messages = context.messages();
        this.pump = context.pump();
        this.model = new LogLimitsViewModel(context.session(), context.commands(), messages);
        Button usual = new Button(messages.text("settings.reset"));
        usual.setId("log-reset");
        usual.setOnAction(event -> model.reset());
        Label total = SettingsCard.muted("");
        total.textProperty().bind(model.total());
        SettingsCard card = new SettingsCard(messages.text("settings.logs"))
                .row(
                        messages.text("settings.logs.size"),
                        new VBox(
                                field("log-size", model.size(), messages.text("settings.logs.size")),
                                SettingsCard.problem(model.sizeProblem())))
                .row(
                        messages.text("settings.logs.files"),
                        new VBox(
                                field("log-files", model.files(), messages.text("settings.logs.files")),
                                SettingsCard.problem(model.filesProblem())))
                .with(total, SettingsCard.muted(messages.text("settings.logs.when")), new HBox(usual));
        getChildren().addAll(card, new FailureBanner(messages, model.place()));
        SceneLife.of(this).during(() -> SceneLife.listen(context.session().settings(), set -> model.show(set.logs())));
    }

    private Node field(String id, StringProperty text, String name) {
        return new TypedField(id, text, name, model::keep).alsoAfterAPause(pump);
    }
}
