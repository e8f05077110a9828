package io.darsena.app.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// Light or dark, as the person chose or as the desktop says, in every scene that was given to [#dress].
/// JavaFX thread only; lives as long as the window.
public final class Appearance {

    private static final String CSS = "/io/darsena/ui/css/";
    private static final List<String> FONTS = List.of(
            "inter/Inter-Regular.otf",
            "inter/Inter-SemiBold.otf",
            "inter/Inter-Bold.otf",
            "jetbrains_mono/JetBrainsMono-Regular.ttf",
            "jetbrains_mono/JetBrainsMono-Bold.ttf");

    private final ObjectProperty<ThemeChoice> choice = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<ColorScheme> scheme = new ReadOnlyObjectWrapper<>();
    private final List<Scene> scenes = new ArrayList<>();

    public Appearance(ThemeChoice first) {
        choice.set(first);
        loadFonts();
        follow();
        choice.addListener(change -> follow());
        Platform.getPreferences().colorSchemeProperty().addListener(change -> follow());
    }

    /// Where a font is missing the style sheets name the desktop's own.
    private static void loadFonts() {
        for (String font : FONTS) {
            var file = Appearance.class.getResourceAsStream("/com/formdev/flatlaf/fonts/" + font);
            if (file != null) {
                Font.loadFont(file, 13);
            }
        }
    }

    public ObjectProperty<ThemeChoice> choice() {
        return choice;
    }

    /// What is shown now.
    public ReadOnlyObjectProperty<ColorScheme> scheme() {
        return scheme.getReadOnlyProperty();
    }

    /// Whether things may move.
    public boolean allowsMotion() {
        return !Platform.getPreferences().isReducedMotion();
    }

    /// Gives a scene the style sheets, now and at every change.
    public void dress(Scene scene) {
        scenes.add(scene);
        dressOnce(scene);
    }

    private void follow() {
        ColorScheme wanted = switch (choice.get()) {
            case LIGHT -> ColorScheme.LIGHT;
            case DARK -> ColorScheme.DARK;
            case SYSTEM -> Platform.getPreferences().getColorScheme();
        };
        if (wanted == scheme.get()) {
            return;
        }
        scheme.set(wanted);
        Application.setUserAgentStylesheet(
                wanted == ColorScheme.DARK
                        ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
        scenes.forEach(this::dressOnce);
    }

    private void dressOnce(Scene scene) {
        scene.getStylesheets()
                .setAll(
                        sheet(scheme.get() == ColorScheme.DARK ? "dark.css" : "light.css"),
                        sheet("darsena.css"),
                        sheet("images.css"),
                        sheet("run.css"));
    }

    private static String sheet(String name) {
        return Objects.requireNonNull(Appearance.class.getResource(CSS + name), name)
                .toExternalForm();
    }
}
