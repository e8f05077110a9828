package io.darsena.app.containers.logs;

import io.darsena.bridge.container.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// One line as it is shown: what a program wrote, without what would move a terminal's cursor or change its colours.
public record LogLine(Instant at, LogRecord.Stream stream, String text) {

    /// Longer lines are cut: no screen shows them, and laying them out would cost.
    static final int LONGEST = 4096;

    private static final int TAB = 8;
    private static final byte DELETE = 0x7f;

    /// What is shown of what was written, both as UTF-8. Most lines are plain, and are taken as they are.
    static byte[] packed(byte[] written) {
        boolean plain = written.length <= LONGEST;
        for (int i = 0; i < written.length && plain; i++) {
            plain = written[i] >= ' ' && written[i] != DELETE;
        }
        return plain
                ? written
                : plain(new String(written, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    /// Without escape sequences (ECMA-48) and control characters; tabs become spaces.
    static String plain(String written) {
        StringBuilder shown = new StringBuilder(Math.min(written.length(), LONGEST + 1));
        int i = 0;
        while (i < written.length() && shown.length() < LONGEST) {
            char here = written.charAt(i);
            if (here == '\u001b') {
                i = afterEscape(written, i + 1);
                continue;
            }
            if (here == '\t') {
                shown.repeat(' ', TAB - shown.length() % TAB);
            } else if (!Character.isISOControl(here) && !isDirectionOverride(here)) {
                shown.append(here);
            }
            i++;
        }
        return i < written.length() ? shown.append('…').toString() : shown.toString();
    }

    /// Such characters can make a line read as something else than was written.
    private static boolean isDirectionOverride(char character) {
        return (character >= '\u202a' && character <= '\u202e') || (character >= '\u2066' && character <= '\u2069');
    }

    private static int afterEscape(String written, int from) {
        if (from >= written.length()) {
            return from;
        }
        char kind = written.charAt(from);
        if (kind == '[') {
            return afterControlSequence(written, from + 1);
        }
        return kind == ']' || kind == 'P' || kind == '^' || kind == '_' ? afterString(written, from + 1) : from + 1;
    }

    private static int afterControlSequence(String written, int from) {
        int i = from;
        while (i < written.length() && written.charAt(i) < '@') {
            i++;
        }
        return Math.min(i + 1, written.length());
    }

    /// Ends with BEL or ESC \.
    private static int afterString(String written, int from) {
        for (int i = from; i < written.length(); i++) {
            if (written.charAt(i) == '\u0007') {
                return i + 1;
            }
            if (written.charAt(i) == '\u001b') {
                return Math.min(i + 2, written.length());
            }
        }
        return written.length();
    }
}
