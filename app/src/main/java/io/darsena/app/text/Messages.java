package io.darsena.app.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// The window's texts in one language. Apostrophes in the bundles are typographic (’), so that a text reads the same
/// with and without arguments.
public final class Messages {

    private static final String BUNDLE = "io.darsena.ui.messages";

    private final ResourceBundle bundle;
    private final Locale locale;
    private final Quantities quantities;

    private Messages(ResourceBundle bundle, Locale locale) {
        this.bundle = bundle;
        this.locale = locale;
        this.quantities = new Quantities(this);
    }

    /// Italian for an Italian locale, English for all others.
    public static Messages in(Locale wanted) {
        Locale language = wanted.getLanguage().equals("it") ? Locale.ITALIAN : Locale.ENGLISH;
        ResourceBundle bundle = ResourceBundle.getBundle(
                BUNDLE, language, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_DEFAULT));
        return new Messages(bundle, wanted.getLanguage().equals(language.getLanguage()) ? wanted : language);
    }

    /// @throws MissingResourceException when the bundles lack the key: a test finds it before a person does
    public String text(String key, Object... arguments) {
        String pattern = bundle.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, locale).format(arguments);
    }

    public boolean has(String key) {
        return bundle.containsKey(key);
    }

    public ResourceBundle bundle() {
        return bundle;
    }

    public Locale locale() {
        return locale;
    }

    /// What engines say, in this language.
    Phrasebook phrases() {
        return Phrasebook.in(bundle.getLocale());
    }

    public Quantities quantities() {
        return quantities;
    }
}
