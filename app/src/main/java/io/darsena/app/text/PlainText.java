package io.darsena.app.text;

import io.darsena.bridge.layer.FilePath;
import java.util.Locale;

/// What strangers wrote, as names of files, targets of links, instructions and labels are, so that it can stand among
/// the window's own words: what would break the line, turn its direction or not be seen is written as an escape, as
/// `ls -b` does. It is for the eye: who copies or opens something uses what was written.
public final class PlainText {

    private PlainText() {}

    /// On one line.
    public static String line(String text) {
        return isPlain(text) ? text : escaped(text, false);
    }

    /// As [#line], but its lines stay lines, and tabs tabs.
    public static String lines(String text) {
        return isPlain(text) ? text : escaped(text, true);
    }

    /// On one line, from the root on.
    public static String path(FilePath path) {
        return line("/" + path);
    }

    /// As [#path(FilePath)].
    ///
    /// @param path without a leading slash
    public static String path(String path) {
        return line("/" + path);
    }

    /// Nothing of it is escaped on one line.
    public static boolean isPlain(String text) {
        int letter;
        for (int i = 0; i < text.length(); i += Character.charCount(letter)) {
            letter = text.codePointAt(i);
            if ((letter < ' ' || letter > '~') && isHidden(letter)) {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String text, boolean keepingLines) {
        StringBuilder shown = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int letter = text.codePointAt(i);
            i += Character.charCount(letter);
            if (!isHidden(letter) || keepingLines && (letter == '\n' || letter == '\t')) {
                shown.appendCodePoint(letter);
            } else {
                escape(shown, letter);
            }
        }
        return shown.toString();
    }

    /// Writes a letter as an escape: `\n`, `\x1b`, `\u202e`.
    public static void escape(StringBuilder shown, int letter) {
        switch (letter) {
            case '\n' -> shown.append("\\n");
            case '\t' -> shown.append("\\t");
            case '\r' -> shown.append("\\r");
            default ->
                shown.append('\\')
                        .append(String.format(
                                Locale.ROOT, letter < 0x100 ? "x%02x" : letter < 0x10000 ? "u%04x" : "U%08x", letter));
        }
    }

    /// It breaks the line, turns the direction, or takes no room: controls and format characters, what Unicode ignores
    /// by default, and halves of letters.
    private static boolean isHidden(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> isIgnorable(letter);
        };
    }

    /// Of Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties) what are no format characters.
    private static boolean isIgnorable(int letter) {
        return letter == 0x034f
                || letter == 0x115f
                || letter == 0x1160
                || letter == 0x17b4
                || letter == 0x17b5
                || letter >= 0x180b && letter <= 0x180f
                || letter == 0x3164
                || letter >= 0xfe00 && letter <= 0xfe0f
                || letter == 0xffa0
                || letter >= 0xe0000 && letter <= 0xe0fff;
    }

    /// Line separators, and what makes a text run the other way (Unicode, bidirectional algorithm). A text that people
    /// read may have the rest of what is not seen, as Persian and emoji do.
    public static boolean breaksOrTurns(int letter) {
        return letter == 0x2028
                || letter == 0x2029
                || letter == 0x200e
                || letter == 0x200f
                || letter == 0x061c
                || letter >= 0x202a && letter <= 0x202e
                || letter >= 0x2066 && letter <= 0x2069;
    }
}
