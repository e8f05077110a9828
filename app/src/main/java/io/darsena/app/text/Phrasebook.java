package io.darsena.app.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// What engines say, in another language: a catalogue in gettext's form (`.po`), with holes as [Phrase] has them.
/// Engines are the only authors of what they say; the phrase itself is the key. What no phrase fits stays as it was
/// said, in quotation marks.
final class Phrasebook {

    /// What a phrase is, `msgctxt` of the catalogue.
    enum Kind {
        /// A reason, a remedy, a remark: no context.
        SENTENCE,
        /// What was tried: `remove`.
        OPERATION,
        /// What it was done to: `image web:1`.
        SUBJECT
    }

    /// Longer ones are somebody else's words.
    private static final int LONGEST = 4000;

    /// How often a phrase may hold a phrase.
    private static final int DEEPEST = 4;

    private static final Map<String, Phrasebook> BOOKS = new ConcurrentHashMap<>();

    /// Those of one kind: by their words, and with holes, those with the most words first.
    private record Shelf(Map<String, Phrase> fixed, List<Phrase> open) {

        void add(String original, Phrase phrase) {
            if (!phrase.isFixed()) {
                open.add(phrase);
            } else if (fixed.put(original, phrase) != null) {
                throw new IllegalArgumentException("twice in the catalogue: " + original);
            }
        }

        Optional<Phrase> fitting(String said) {
            return Optional.ofNullable(fixed.get(said))
                    .or(() -> open.stream().filter(phrase -> phrase.fits(said)).findFirst());
        }
    }

    private final Map<Kind, Shelf> shelves = new EnumMap<>(Kind.class);

    private Phrasebook() {
        for (Kind kind : Kind.values()) {
            shelves.put(kind, new Shelf(new HashMap<>(), new ArrayList<>()));
        }
    }

    private Shelf shelf(Kind kind) {
        return Objects.requireNonNull(shelves.get(kind));
    }

    /// Of a language, read when it is first asked for; empty for English, which engines speak.
    static Phrasebook in(Locale locale) {
        return BOOKS.computeIfAbsent(locale.getLanguage(), Phrasebook::load);
    }

    private static Phrasebook load(String language) {
        String name = "/io/darsena/ui/engine_" + language + ".po";
        try (InputStream stream = Phrasebook.class.getResourceAsStream(name)) {
            return stream == null
                    ? new Phrasebook()
                    : read(new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                            .lines()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws IllegalArgumentException when it is no catalogue
    static Phrasebook read(List<String> lines) {
        Phrasebook book = new Phrasebook();
        new Catalogue(lines).entries().forEach(book::add);
        book.shelves
                .values()
                .forEach(shelf -> shelf.open()
                        .sort(Comparator.comparingInt(Phrase::weight).reversed()));
        return book;
    }

    private void add(Catalogue.Entry entry) {
        Kind kind = entry.context().isEmpty()
                ? Kind.SENTENCE
                : Kind.valueOf(entry.context().toUpperCase(Locale.ROOT));
        shelf(kind).add(entry.original(), Phrase.of(entry.original(), entry.translation()));
    }

    /// Empty where no phrase fits.
    Optional<String> translate(Kind kind, String said) {
        return translate(kind, said, 0);
    }

    private Optional<String> translate(Kind kind, String said, int depth) {
        UnaryOperator<String> inner = depth < DEEPEST ? words -> inner(words, depth + 1) : Phrasebook::quoted;
        return fitting(kind, said).flatMap(phrase -> phrase.translate(said, inner));
    }

    private String inner(String said, int depth) {
        return translate(Kind.SENTENCE, said, depth).orElseGet(() -> quoted(said));
    }

    private static String quoted(String said) {
        return "“" + said + "”";
    }

    /// The phrase that counts: the same words, or else the one with the most of them.
    Optional<Phrase> fitting(Kind kind, String said) {
        return said.length() > LONGEST ? Optional.empty() : shelf(kind).fitting(said);
    }

    /// For tests.
    Set<Phrase> phrases() {
        Set<Phrase> all = new HashSet<>();
        shelves.values().forEach(shelf -> {
            all.addAll(shelf.fixed().values());
            all.addAll(shelf.open());
        });
        return all;
    }
}
