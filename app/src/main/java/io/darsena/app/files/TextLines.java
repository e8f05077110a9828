package io.darsena.app.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A text as lines that can be shown: numbered, harmless, none of them so long that drawing it would take a second.
///
/// @param count of the text, a long line counting once
record TextLines(List<FileLine> lines, int count) {

    /// A longer line goes on in the next one.
    static final int LONGEST = 2000;

    private static final int TAB = 8;

    static TextLines of(String text) {
        int start = text.startsWith("\ufeff") ? 1 : 0;
        int count = (int) text.chars().filter(letter -> letter == '\n').count()
                + (text.length() > start && !text.endsWith("\n") ? 1 : 0);
        int digits = Math.max(3, Integer.toString(count).length());
        String blank = " ".repeat(digits);
        List<FileLine> lines = new ArrayList<>();
        int number = 0;
        for (int from = start; from < text.length(); ) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            String label = String.format(Locale.ROOT, "%" + digits + "d", ++number);
            String line = harmless(text, from, to > from && text.charAt(to - 1) == '\r' ? to - 1 : to);
            lines.add(new FileLine(label, line.substring(0, cut(line, 0))));
            for (int at = cut(line, 0); at < line.length(); at = cut(line, at)) {
                lines.add(new FileLine(blank, line.substring(at, cut(line, at))));
            }
            from = to + 1;
        }
        return new TextLines(lines, count);
    }

    /// Where the part of a line ends that begins at a place; no character of two halves is cut through.
    private static int cut(String line, int from) {
        int to = Math.min(line.length(), from + LONGEST);
        return to < line.length() && Character.isHighSurrogate(line.charAt(to - 1)) ? to - 1 : to;
    }

    private static String harmless(String text, int from, int to) {
        StringBuilder shown = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char letter = text.charAt(i);
            if (letter == '\t') {
                shown.append(" ".repeat(TAB - shown.length() % TAB));
            } else if (letter < 0x100 && Character.isISOControl(letter)) {
                shown.append(String.format(Locale.ROOT, "\\x%02x", (int) letter));
            } else if (breaksOrTurns(letter)) {
                shown.append(String.format(Locale.ROOT, "\\" + "u%04x", (int) letter));
            } else {
                shown.append(letter);
            }
        }
        return shown.toString();
    }

    /// Line separators, and what makes a text run the other way (Unicode, bidirectional algorithm).
    private static boolean breaksOrTurns(char letter) {
        return letter == 0x2028
                || letter == 0x2029
                || letter == 0x200e
                || letter == 0x200f
                || letter == 0x061c
                || letter >= 0x202a && letter <= 0x202e
                || letter >= 0x2066 && letter <= 0x2069;
    }
}
