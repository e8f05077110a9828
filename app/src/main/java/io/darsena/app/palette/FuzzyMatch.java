package io.darsena.app.palette;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How well what was typed fits a text: each word of it must be there, if need be with gaps between its letters; whole
/// words and beginnings of words count most. Capitals and accents do not matter.
///
/// @param score larger is better
/// @param letters which characters of the text fit
record FuzzyMatch(int score, BitSet letters) {

    private static final int WHOLE = 60;
    private static final int BEGINNING = 30;
    private static final int TOGETHER = 15;
    private static final int WORD_START = 8;
    private static final int NEXT = 5;
    private static final int GAP = 8;

    /// Below it no letter has an accent: of thousands of entries each is looked at with every letter that is typed.
    private static final char ACCENTED = 0x80;

    /// @param heading where a word may stand, too, but only as it was typed
    static Optional<FuzzyMatch> of(String typed, String text, String heading) {
        String plain = plain(text);
        String above = plain(heading);
        BitSet letters = new BitSet();
        int score = 0;
        for (String word : plain(typed).strip().split("\\s+")) {
            Optional<FuzzyMatch> found = word(word, plain)
                    .or(() -> Optional.of(new FuzzyMatch(1, new BitSet())).filter(match -> above.contains(word)));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            letters.or(found.get().letters());
            score += found.get().score();
        }
        return Optional.of(new FuzzyMatch(score - Math.min(plain.length(), BEGINNING) / 4, letters));
    }

    private static Optional<FuzzyMatch> word(String word, String text) {
        if (word.isEmpty()) {
            return Optional.of(new FuzzyMatch(0, new BitSet()));
        }
        Optional<FuzzyMatch> together = together(word, text);
        return together.isPresent() ? together : apart(word, text);
    }

    /// The best of the places where the word stands as it was typed.
    private static Optional<FuzzyMatch> together(String word, String text) {
        List<FuzzyMatch> places = new ArrayList<>();
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean begins = startsWord(text, at);
            boolean ends = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
            int score = TOGETHER + NEXT * word.length() + (begins ? BEGINNING : 0) + (begins && ends ? WHOLE : 0);
            BitSet letters = new BitSet();
            letters.set(at, end);
            places.add(new FuzzyMatch(score, letters));
        }
        return places.stream().reduce((one, other) -> other.score() > one.score() ? other : one);
    }

    /// Letter after letter, from the left; the beginning of a word is preferred to a letter inside of one.
    private static Optional<FuzzyMatch> apart(String word, String text) {
        BitSet letters = new BitSet();
        int score = 0;
        int from = 0;
        for (int i = 0; i < word.length(); i++) {
            int at = next(word, i, text, from);
            if (at < 0) {
                return Optional.empty();
            }
            score += startsWord(text, at) ? WORD_START : at == from && i > 0 ? NEXT : 1;
            score -= Math.min(at - from, GAP) / 2;
            letters.set(at);
            from = at + 1;
        }
        return Optional.of(new FuzzyMatch(score, letters));
    }

    private static int next(String word, int index, String text, int from) {
        int nearest = text.indexOf(word.charAt(index), from);
        for (int at = nearest; at >= 0; at = text.indexOf(word.charAt(index), at + 1)) {
            if (startsWord(text, at) && isWithin(word, index + 1, text, at + 1)) {
                return at;
            }
        }
        return nearest;
    }

    /// Whether the rest of the word can still follow.
    private static boolean isWithin(String word, int index, String text, int from) {
        int at = from;
        for (int i = index; i < word.length(); i++) {
            at = text.indexOf(word.charAt(i), at) + 1;
            if (at == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean startsWord(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }

    /// Small letters without accents, character by character, so that places stay what they were.
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter < ACCENTED) {
                plain.append(Character.toLowerCase(letter));
                continue;
            }
            String small = text.substring(i, i + 1).toLowerCase(Locale.ROOT);
            plain.append(Normalizer.normalize(small, Normalizer.Form.NFD).charAt(0));
        }
        return plain.toString();
    }
}
