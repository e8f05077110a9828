package io.darsena.app.theme;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether things may move; `SYSTEM` does as the desktop says.
public enum MotionChoice {
    SYSTEM,
    FULL,
    REDUCED;

    /// Reads `system`, `full` or `reduced`.
    public static Optional<MotionChoice> parse(String word) {
        return Stream.of(values()).filter(choice -> choice.word().equals(word)).findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
