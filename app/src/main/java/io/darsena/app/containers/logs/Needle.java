package io.darsena.app.containers.logs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What is sought in lines. Small and capital letters are the same unless it is told to mind them. Bytes are searched
/// as Horspool describes it: the longer the words, the fewer of them are looked at.
final class Needle {

    /// From one character of a line up to another one.
    record Range(int from, int to) {}

    private final String words;
    private final boolean minding;
    private final byte[] bytes;
    private final int[] step = new int[256];
    private final boolean plain;

    private Needle(String words, boolean minding) {
        this.words = minding ? words : folded(words);
        this.minding = minding;
        String anchor = minding ? this.words : longestPlain(this.words);
        this.plain = anchor.length() == this.words.length();
        this.bytes = anchor.getBytes(StandardCharsets.UTF_8);
        Arrays.fill(step, Math.max(1, bytes.length));
        for (int i = 0; i < bytes.length - 1; i++) {
            int letter = bytes[i] & 0xff;
            step[letter] = bytes.length - 1 - i;
            if (!minding && letter >= 'a' && letter <= 'z') {
                step[letter - 'a' + 'A'] = bytes.length - 1 - i;
            }
        }
    }

    static Needle of(String words, boolean mindingCase) {
        return new Needle(words, mindingCase);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /// Where the first line begins or goes on that holds the words, in text whose lines end with a line feed; -1 when
    /// none does.
    int find(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            int found = bytes.length == 0 ? at : findPlain(text, at, to);
            if (found < 0 || plain) {
                return found;
            }
            int start = found;
            while (start > from && text[start - 1] != '\n') {
                start--;
            }
            int end = found;
            while (text[end] != '\n') {
                end++;
            }
            if (!in(new String(text, start, end - start, StandardCharsets.UTF_8))
                    .isEmpty()) {
                return found;
            }
            at = end + 1;
        }
        return -1;
    }

    private int findPlain(byte[] text, int from, int to) {
        int last = bytes.length - 1;
        int at = from + last;
        while (at < to) {
            int i = 0;
            while (i <= last && lower(text[at - i]) == bytes[last - i]) {
                i++;
            }
            if (i > last) {
                return at - last;
            }
            at += step[text[at] & 0xff];
        }
        return -1;
    }

    private byte lower(byte letter) {
        return !minding && letter >= 'A' && letter <= 'Z' ? (byte) (letter - 'A' + 'a') : letter;
    }

    /// Where it stands in a line, from left to right.
    List<Range> in(String line) {
        if (words.isEmpty()) {
            return List.of();
        }
        String searched = minding ? line : folded(line);
        List<Range> found = new ArrayList<>();
        int at = searched.indexOf(words);
        while (at >= 0) {
            found.add(new Range(at, at + words.length()));
            at = searched.indexOf(words, at + words.length());
        }
        return found;
    }

    /// Character by character, so that places in the folded text are places in the text. A letter outside ASCII whose
    /// small form is in it stays: bytes and characters are to agree.
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder(text);
        for (int i = 0; i < folded.length(); i++) {
            char letter = folded.charAt(i);
            char small = Character.toLowerCase(letter);
            if (letter < 128 || small >= 128) {
                folded.setCharAt(i, small);
            }
        }
        return folded.toString();
    }

    /// The longest part that is ASCII: that, bytes can be searched for.
    private static String longestPlain(String words) {
        String longest = "";
        int start = 0;
        for (int i = 0; i <= words.length(); i++) {
            if (i == words.length() || words.charAt(i) >= 128) {
                if (i - start > longest.length()) {
                    longest = words.substring(start, i);
                }
                start = i + 1;
            }
        }
        return longest;
    }
}
