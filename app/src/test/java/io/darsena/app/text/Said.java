package io.darsena.app.text;

import io.darsena.app.text.Phrasebook.Kind;

/// A phrase as the sources put it together, with [#HOLE] for what is only known at run time.
///
/// @param place file name, for messages
record Said(Kind kind, String text, String place) {

    static final String HOLE = "◌";

    /// Whether it holds words of its own.
    boolean hasWords() {
        return text.replace(HOLE, "").matches(".*[A-Za-z]{2}.*");
    }

    /// With something in each hole that can be found again.
    String sample() {
        StringBuilder sample = new StringBuilder();
        int hole = 0;
        for (char letter : text.toCharArray()) {
            sample.append(letter == HOLE.charAt(0) ? mark(hole++) : String.valueOf(letter));
        }
        return sample.toString();
    }

    static String mark(int hole) {
        return "‹" + hole + "›";
    }

    int holes() {
        return (int) text.chars().filter(letter -> letter == HOLE.charAt(0)).count();
    }
}
