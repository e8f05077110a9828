package io.darsena.app.files;

import java.util.AbstractList;
import java.util.RandomAccess;

/// Bytes as `hexdump -C` writes them, sixteen a line; a line is made when it is looked at.
final class HexLines extends AbstractList<FileLine> implements RandomAccess {

    private static final int WIDTH = 16;
    private static final String DIGITS = "0123456789abcdef";

    private final byte[] bytes;

    /// @param bytes not to be changed any more
    HexLines(byte[] bytes) {
        this.bytes = bytes;
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
        hex(offset, from, 8);
        return new FileLine(offset.toString(), text.append(' ').append(letters).toString());
    }

    private static void hex(StringBuilder text, int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            text.append(DIGITS.charAt(value >> shift & 0xf));
        }
    }

    @Override
    public int size() {
        return (bytes.length + WIDTH - 1) / WIDTH;
    }
}
