package io.darsena.app.files;

import io.darsena.app.text.PlainText;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import java.util.function.IntConsumer;

/// A text as lines that can be shown: numbered, harmless, none of them so long that drawing it would take a second. Of
/// each line a number is kept, and the line is made when it is looked at: eight million of them take 32 MB.
final class TextLines extends AbstractList<FileLine> implements RandomAccess, SearchedLines {

    /// A longer line goes on in the next one.
    static final int LONGEST = 2000;

    private static final int TAB = 8;

    private final String text;
    private final int first;
    private final int digits;
    private int[] starts = new int[64];
    private int size;

    /// Those that go on with the one before, from the first to the last.
    private int[] continued = new int[4];

    private int continuedCount;

    private TextLines(String text, int first) {
        this.text = text;
        this.first = first;
        int from = text.startsWith("\ufeff") ? 1 : 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int to = end < 0 ? text.length() : end;
            begin(from);
            for (int at = cut(from, to); at < to; at = cut(at, to)) {
                if (continuedCount == continued.length) {
                    continued = Arrays.copyOf(continued, continuedCount * 2);
                }
                continued[continuedCount++] = size;
                begin(at);
            }
            from = to + 1;
        }
        this.digits = Math.max(3, Integer.toString(first + count()).length());
    }

    static TextLines of(String text) {
        return new TextLines(text, 1);
    }

    /// @param first number of the first line
    static TextLines of(String text, int first) {
        return new TextLines(text, first);
    }

    private void begin(int start) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
        }
        starts[size++] = start;
    }

    /// Where the part of a line ends that begins at a place; no character of two halves is cut through.
    private int cut(int from, int end) {
        int to = Math.min(end, from + LONGEST);
        return to < end && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
    }

    /// Of the lines of the text, a long one counting once.
    int count() {
        return size - continuedCount;
    }

    /// How many of them end.
    int breaks() {
        return text.endsWith("\n") || size == 0 ? count() : count() - 1;
    }

    @Override
    public void begins(String sought, boolean minding, IntConsumer line) {
        int row = 0;
        for (int at = 0; at + sought.length() <= text.length(); at++) {
            SearchedLines.goOn(at);
            if (text.regionMatches(!minding, at, sought, 0, sought.length())) {
                while (row + 1 < size && starts[row + 1] <= at) {
                    row++;
                }
                line.accept(row);
            }
        }
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public FileLine get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        int to = index + 1 < size ? starts[index + 1] : text.length();
        if (to > starts[index] && text.charAt(to - 1) == '\n') {
            to--;
        }
        if (to > starts[index] && text.charAt(to - 1) == '\r') {
            to--;
        }
        return new FileLine(label(index), harmless(starts[index], to));
    }

    private String label(int index) {
        int place = Arrays.binarySearch(continued, 0, continuedCount, index);
        String number = place >= 0 ? "" : Integer.toString(first + index - (-place - 1));
        return " ".repeat(digits - number.length()) + number;
    }

    private String harmless(int from, int to) {
        StringBuilder shown = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char letter = text.charAt(i);
            if (letter == '\t') {
                shown.append(" ".repeat(TAB - shown.length() % TAB));
            } else if (Character.isISOControl(letter) || PlainText.breaksOrTurns(letter)) {
                PlainText.escape(shown, letter);
            } else {
                shown.append(letter);
            }
        }
        return shown.toString();
    }
}
