package io.darsena.app.settings;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// When the trash empties by itself, and the way to the trash. Numbers are kept only when they are typed to the end:
/// on the
/// way to 14 days, 1 day would remove what nobody meant.
final class TrashPage extends VBox {

    private final Messages messages;
    private final TrashPolicyViewModel model;

    TrashPage(WindowContext context) {
        getStyleClass().add("settings");
        this.messages = context.messages();
        this.model = new TrashPolicyViewModel(context.session(), context.commands(), messages);
        Label outcome = SettingsCard.muted("");
        outcome.textProperty().bind(model.outcome());
        Button usual = new Button(messages.text("settings.reset"));
        usual.setId("trash-reset");
        usual.setOnAction(event -> model.reset());
        Button trash = new Button(messages.text("settings.trash.open"), new FontIcon(Feather.TRASH_2));
        trash.setId("open-trash");
        trash.setOnAction(event -> context.navigation().go(Section.TRASH));
        FlowPane buttons = new FlowPane(usual, trash);
        buttons.getStyleClass().add("switched");
        SettingsCard card = new SettingsCard(messages.text("settings.trash"))
                .with(
                        SettingsCard.muted(messages.text("settings.trash.what")),
                        limit("days", model.byAge(), model.days(), model.daysProblem()),
                        limit("free", model.bySpace(), model.free(), model.freeProblem()),
                        outcome,
                        buttons);
        getChildren().addAll(card, new FailureBanner(messages, model.place()));
        SceneLife.of(this).during(() -> SceneLife.listen(context.session().settings(), set -> model.show(set.trash())));
    }

    /// A box to tick, and what it then asks for.
    private Node limit(String word, BooleanProperty on, StringProperty text, ObservableValue<String> problem) {
        String words = messages.text("settings.trash." + word);
        CheckBox box = new CheckBox(words);
        box.setId("trash-by-" + word);
        box.setWrapText(true);
        box.selectedProperty().bindBidirectional(on);
        box.setOnAction(event -> model.keep());
        TypedField field = new TypedField("trash-" + word, text, words, model::keep);
        field.disableProperty().bind(on.not());
        FlowPane line = new FlowPane(box, field);
        line.getStyleClass().add("switched");
        return new VBox(line, SettingsCard.problem(problem));
    }
}
