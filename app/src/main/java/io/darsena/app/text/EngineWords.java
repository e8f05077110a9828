package io.darsena.app.text;

import io.darsena.app.text.Phrasebook.Kind;

/// What an engine says of a failure, in the person's language as far as its [Phrasebook] goes. Engines speak English;
/// what no phrase fits is quoted as the engine's words.
public final class EngineWords {

    private final Messages messages;

    public EngineWords(Messages messages) {
        this.messages = messages;
    }

    /// `remove` → `rimuovere`.
    public String operation(String operation) {
        return messages.phrases().translate(Kind.OPERATION, operation).orElse(operation);
    }

    /// `image web:1` → `immagine web:1`.
    public String subject(String subject) {
        return messages.phrases().translate(Kind.SUBJECT, subject).orElse(subject);
    }

    /// A reason or a remedy as a sentence.
    public String sentence(String words) {
        if (words.isEmpty() || isEnglish()) {
            return capital(words);
        }
        return messages.phrases()
                .translate(Kind.SENTENCE, words)
                .map(EngineWords::capital)
                .orElseGet(() -> messages.text("said.quoted", words));
    }

    /// A reason or a remedy as a part of a sentence.
    public String clause(String words) {
        if (words.isEmpty() || isEnglish()) {
            return words;
        }
        return messages.phrases().translate(Kind.SENTENCE, words).orElseGet(() -> "“" + words + "”");
    }

    /// What need not be a sentence: a path, a list of names, or else a phrase.
    String particular(String words) {
        return messages.phrases().translate(Kind.SENTENCE, words).orElse(words);
    }

    private boolean isEnglish() {
        return messages.bundle().getLocale().getLanguage().equals("en");
    }

    private static String capital(String words) {
        return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
