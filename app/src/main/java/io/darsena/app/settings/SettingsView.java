package io.darsena.app.settings;

import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.EngineStage;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.bridge.EngineDescription;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.fxml.FXML;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Theme and language, which take effect at once, and what the engine says of itself and of this machine.
public final class SettingsView {

    private final WindowContext context;
    private final Messages messages;

    @FXML
    private ScrollPane root;

    @FXML
    private ComboBox<ThemeChoice> theme;

    @FXML
    private ComboBox<Locale> language;

    @FXML
    private GridPane facts;

    @FXML
    private VBox reductions;

    public SettingsView(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
    }

    @FXML
    private void initialize() {
        theme.getItems().setAll(ThemeChoice.values());
        theme.setConverter(words(choice -> messages.text("settings.theme." + choice.word())));
        theme.valueProperty().bindBidirectional(context.appearance().choice());
        theme.setAccessibleText(messages.text("settings.theme"));
        language.getItems().setAll(Locale.ENGLISH, Locale.ITALIAN);
        language.setConverter(words(locale -> capitalised(locale.getDisplayLanguage(locale), locale)));
        language.setValue(Locale.of(messages.bundle().getLocale().getLanguage()));
        language.setAccessibleText(messages.text("settings.language"));
        language.valueProperty().subscribe((before, now) -> context.navigation().speak(now));
        SceneLife.of(root).during(() -> SceneLife.listen(context.session().stage(), this::show));
    }

    private static String capitalised(String word, Locale locale) {
        return word.substring(0, 1).toUpperCase(locale) + word.substring(1);
    }

    private static <T> StringConverter<T> words(Function<T, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : words.apply(value);
            }

            @Override
            public T fromString(String text) {
                throw new UnsupportedOperationException("a choice is not typed");
            }
        };
    }

    private void show(EngineStage stage) {
        facts.getChildren().clear();
        reductions.getChildren().clear();
        if (stage instanceof EngineStage.Open open) {
            show(open.description());
        }
    }

    private void show(EngineDescription description) {
        fact("settings.version", description.version());
        fact("settings.kernel", description.kernel());
        fact("settings.tier", messages.text("tier." + word(description.tier())));
        fact("settings.cgroup", messages.text("cgroup." + word(description.cgroupMode())));
        fact("settings.dataRoot", description.dataRoot().toString());
        Label heading = new Label(messages.text("settings.reductions"));
        heading.getStyleClass().add("strong");
        reductions.getChildren().add(heading);
        if (description.reductions().isEmpty()) {
            Label complete = new Label(messages.text("settings.complete"));
            complete.setWrapText(true);
            reductions.getChildren().setAll(complete);
        }
        description.reductions().forEach(reduction -> reductions.getChildren().add(card(reduction)));
    }

    private VBox card(EngineDescription.Reduction reduction) {
        Label reason = new Label(known("reduction." + reduction.key() + ".reason", reduction.reason()));
        reason.setGraphic(new FontIcon(Feather.INFO));
        Label cure = new Label(known("reduction." + reduction.key() + ".cure", reduction.cure()));
        cure.getStyleClass().add("muted");
        List.of(reason, cure).forEach(label -> label.setWrapText(true));
        VBox box = new VBox(reason, cure);
        box.getStyleClass().add("reduction");
        return box;
    }

    private String known(String key, String english) {
        return messages.has(key) ? messages.text(key) : english;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private void fact(String key, String value) {
        Label name = new Label(messages.text(key));
        name.getStyleClass().add("muted");
        Label text = new Label(value);
        text.setWrapText(true);
        facts.addRow(facts.getRowCount(), name, text);
    }
}
