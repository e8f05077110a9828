package io.darsena.app.settings;

import io.darsena.app.control.Choice;
import io.darsena.app.screen.Navigation;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.ShownSections;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.LanguageChoice;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.MotionChoice;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.app.theme.Zoom;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Theme, language, size, motion, and the places of the sidebar. All take effect as they are chosen, the language too.
final class AppearancePage extends VBox {

    AppearancePage(WindowContext context) {
        getStyleClass().add("settings");
        Messages messages = context.messages();
        SettingsCard look = new SettingsCard(messages.text("settings.appearance"))
                .row(messages.text("settings.theme"), theme(context))
                .row(messages.text("settings.language"), language(context))
                .row(messages.text("settings.zoom"), zoom(context))
                .row(messages.text("settings.motion"), motion(context))
                .row(messages.text("settings.sidebar"), sections(context));
        getChildren()
                .addAll(
                        look,
                        SettingsCard.muted(messages.text("settings.zoom.keys")),
                        SettingsCard.muted(messages.text("settings.sidebar.hidden")));
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

    private static FlowPane sections(WindowContext context) {
        FlowPane boxes = new FlowPane();
        boxes.getStyleClass().add("choices");
        for (Section section : ShownSections.HIDEABLE) {
            String word = section.name().toLowerCase(Locale.ROOT);
            String name = context.messages().text("section." + word);
            CheckBox box = new CheckBox(name);
            box.setId("show-" + word);
            box.setAccessibleText(context.messages().text("settings.sidebar.show", name));
            box.setMinWidth(Region.USE_PREF_SIZE);
            box.selectedProperty().bindBidirectional(context.sections().shown(section));
            boxes.getChildren().add(box);
        }
        return boxes;
    }
}
