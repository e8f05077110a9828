package io.darsena.app.theme;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the person chose; `SYSTEM` follows the desktop, live.
public enum ThemeChoice {
    SYSTEM,
    LIGHT,
    DARK;

    /// Reads `system`, `light` or `dark`.
    public static Optional<ThemeChoice> parse(String word) {
        return Stream.of(values()).filter(choice -> choice.word().equals(word)).findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
