package io.darsena.app.theme;

import java.util.List;
import java.util.Optional;
import javafx.scene.text.Font;

/// The fonts that come with the window. Where one is missing the style sheets name the desktop's own.
final class Fonts {

    private static final List<String> FILES = List.of(
            "inter/Inter-Regular.otf",
            "inter/Inter-SemiBold.otf",
            "inter/Inter-Bold.otf",
            "jetbrains_mono/JetBrainsMono-Regular.ttf",
            "jetbrains_mono/JetBrainsMono-Bold.ttf");

    private static boolean loaded;

    private Fonts() {}

    /// Once for all windows: JavaFX keeps a file for each font that it was given. JavaFX thread only.
    static void load() {
        if (!loaded) {
            loaded = true;
            for (String file : FILES) {
                Optional.ofNullable(Fonts.class.getResourceAsStream("/com/formdev/flatlaf/fonts/" + file))
                        .ifPresent(font -> Font.loadFont(font, 13));
            }
        }
    }
}
