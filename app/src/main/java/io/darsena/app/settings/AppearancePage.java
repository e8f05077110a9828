package io.darsena.app.settings;

import io.darsena.app.control.Choice;
import io.darsena.app.screen.Navigation;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.LanguageChoice;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.MotionChoice;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.app.theme.Zoom;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.VBox;

/// Theme, language, size and motion. All take effect as they are chosen, the language too.
final class AppearancePage extends VBox {

    AppearancePage(WindowContext context) {
        getStyleClass().add("settings");
        Messages messages = context.messages();
        SettingsCard look = new SettingsCard(messages.text("settings.appearance"))
                .row(messages.text("settings.theme"), theme(context))
                .row(messages.text("settings.language"), language(context))
                .row(messages.text("settings.zoom"), zoom(context))
                .row(messages.text("settings.motion"), motion(context));
        getChildren().addAll(look, SettingsCard.muted(messages.text("settings.zoom.keys")));
    }

    private static ComboBox<ThemeChoice> theme(WindowContext context) {
        ComboBox<ThemeChoice> box = Choice.of(
                List.of(ThemeChoice.values()), choice -> context.messages().text("settings.theme." + choice.word()));
        box.valueProperty().bindBidirectional(context.appearance().choice());
        box.setId("theme");
        return box;
    }

    private static ComboBox<LanguageChoice> language(WindowContext context) {
        ComboBox<LanguageChoice> box = Choice.of(
                List.of(LanguageChoice.values()),
                choice -> choice == LanguageChoice.SYSTEM
                        ? context.messages().text("settings.language.system")
                        : choice.ownName());
        box.setValue(LanguageChoice.of(context.memory().text("language")));
        box.setId("language");
        Navigation navigation = context.navigation();
        box.valueProperty()
                .subscribe((before, now) ->
                        now.locale().ifPresentOrElse(navigation::speak, navigation::speakAsTheDesktop));
        return box;
    }

    private static ComboBox<Integer> zoom(WindowContext context) {
        ComboBox<Integer> box =
                Choice.of(Zoom.STEPS, percent -> context.messages().text("settings.percent", percent));
        Zoom zoom = context.appearance().zoom();
        box.setId("zoom");
        zoom.factor().subscribe(factor -> box.setValue(zoom.percent()));
        box.valueProperty().subscribe((before, now) -> zoom.percent(now));
        return box;
    }

    private static ComboBox<MotionChoice> motion(WindowContext context) {
        ComboBox<MotionChoice> box = Choice.of(
                List.of(MotionChoice.values()), choice -> context.messages().text("settings.motion." + choice.word()));
        box.valueProperty().bindBidirectional(context.appearance().motion());
        box.setId("motion");
        return box;
    }
}
