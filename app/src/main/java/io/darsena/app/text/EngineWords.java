package io.darsena.app.text;

import java.text.Normalizer;
import java.util.Locale;

/// What an engine says of a failure, in the person's language as far as the bundles know it. Engines speak English: a
/// clause that always reads the same is found in the bundles by itself (`it is running` is `said.it-is-running`), what
/// it was done to by its first word; what is not known is quoted as the engine's words.
public final class EngineWords {

    private static final int LONGEST_KEY = 90;

    private final Messages messages;

    public EngineWords(Messages messages) {
        this.messages = messages;
    }

    /// `remove` → `rimuovere`.
    public String operation(String operation) {
        return known("operation." + slug(operation), operation);
    }

    /// `image web:1` → `immagine web:1`.
    public String subject(String subject) {
        int space = subject.indexOf(' ');
        return space < 0
                ? subject
                : known("subject." + slug(subject.substring(0, space)), subject.substring(0, space))
                        + subject.substring(space);
    }

    /// A reason or a remedy as a sentence.
    public String sentence(String words) {
        if (words.isEmpty()) {
            return "";
        }
        String key = "said." + slug(words);
        if (messages.has(key)) {
            return messages.text(key);
        }
        String sentence = Character.toUpperCase(words.charAt(0)) + words.substring(1);
        return messages.bundle().getLocale().getLanguage().equals("en")
                ? sentence
                : messages.text("said.quoted", words);
    }

    private String known(String key, String otherwise) {
        return messages.has(key) ? messages.text(key) : otherwise;
    }

    /// `there is no such image` → `there-is-no-such-image`.
    static String slug(String words) {
        String plain = Normalizer.normalize(words.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
        String slug = plain.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.length() > LONGEST_KEY ? slug.substring(0, LONGEST_KEY) : slug;
    }
}
