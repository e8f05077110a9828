package io.darsena.app.files;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.HexFormat;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.IntConsumer;

/// Bytes as `hexdump -C` writes them, sixteen a line; a line is made when it is looked at.
final class HexLines extends AbstractList<FileLine> implements RandomAccess, SearchedLines {

    private static final int WIDTH = 16;
    private static final String DIGITS = "0123456789abcdef";

    private final byte[] bytes;
    private final long first;

    /// @param bytes not to be changed any more
    HexLines(byte[] bytes) {
        this(bytes, 0);
    }

    /// @param first offset of the first byte
    HexLines(byte[] bytes, long first) {
        this.bytes = bytes;
        this.first = first;
    }

    @Override
    public FileLine get(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(index);
        }
        int from = index * WIDTH;
        StringBuilder text = new StringBuilder(70);
        StringBuilder letters = new StringBuilder(WIDTH);
        for (int at = from; at < from + WIDTH; at++) {
            if (at == from + WIDTH / 2) {
                text.append(' ');
            }
            if (at < bytes.length) {
                hex(text, bytes[at], 2);
                letters.append(bytes[at] >= ' ' && bytes[at] < 0x7f ? (char) bytes[at] : '.');
            } else {
                text.append("  ");
            }
            text.append(' ');
        }
        StringBuilder offset = new StringBuilder();
        hex(offset, first + from, first + bytes.length >> 32 == 0 ? 8 : 16);
        return new FileLine(offset.toString(), text.append(' ').append(letters).toString());
    }

    private static void hex(StringBuilder text, long value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            text.append(DIGITS.charAt((int) (value >> shift) & 0xf));
        }
    }

    @Override
    public int size() {
        return (bytes.length + WIDTH - 1) / WIDTH;
    }

    /// As a text, and, where what is sought are pairs of digits, as the bytes that these say.
    @Override
    public void begins(String sought, boolean minding, IntConsumer line) {
        begins(sought.getBytes(StandardCharsets.UTF_8), minding, line);
        digits(sought).ifPresent(said -> begins(said, true, line));
    }

    private static Optional<byte[]> digits(String sought) {
        String joined = sought.replace(" ", "");
        return !joined.isEmpty() && joined.length() % 2 == 0 && joined.matches("[0-9a-fA-F]+")
                ? Optional.of(HexFormat.of().parseHex(joined))
                : Optional.empty();
    }

    private void begins(byte[] sought, boolean minding, IntConsumer line) {
        for (int at = 0; at + sought.length <= bytes.length; at++) {
            SearchedLines.goOn(at);
            int same = 0;
            while (same < sought.length && isSame(bytes[at + same], sought[same], minding)) {
                same++;
            }
            if (same == sought.length) {
                line.accept(at / WIDTH);
            }
        }
    }

    private static boolean isSame(byte one, byte other, boolean minding) {
        return one == other || !minding && one > 0 && Character.toLowerCase(one) == Character.toLowerCase(other);
    }
}
