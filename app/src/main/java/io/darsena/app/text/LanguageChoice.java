package io.darsena.app.text;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The window's language, as the person chose; `SYSTEM` speaks as the desktop does.
public enum LanguageChoice {
    SYSTEM(Optional.empty(), ""),
    ENGLISH(Optional.of(Locale.ENGLISH), "English"),
    ITALIAN(Optional.of(Locale.ITALIAN), "Italiano");

    private final Optional<Locale> locale;
    private final String ownName;

    LanguageChoice(Optional<Locale> locale, String ownName) {
        this.locale = locale;
        this.ownName = ownName;
    }

    /// Of the word that was remembered, as `it`; of none, and of one that is not known, `SYSTEM`.
    public static LanguageChoice of(Optional<String> word) {
        return Stream.of(values())
                .filter(choice -> choice.locale.map(Locale::getLanguage).equals(word))
                .filter(choice -> word.isPresent())
                .findFirst()
                .orElse(SYSTEM);
    }

    /// Empty for `SYSTEM`.
    public Optional<Locale> locale() {
        return locale;
    }

    /// How speakers of the language call it; empty for `SYSTEM`.
    public String ownName() {
        return ownName;
    }
}
