package io.darsena.engine.layer;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.engine.content.StorageFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a layer's index, a line an entry (native-runtime's PROTOCOL.md, extractor), without making a text of any:
/// a layer may have millions. Used by one thread.
final class LayerEntries {

    private static final int BUFFER = 1 << 18;
    private static final int FIELDS = 9;
    private static final int TYPE = 0;
    private static final int MODE = 1;
    private static final int UID = 2;
    private static final int GID = 3;
    private static final int SIZE = 4;
    private static final int TIME = 5;
    private static final int FLAGS = 6;
    private static final int PATH = 7;
    private static final int LINK = 8;
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;
    private static final int NANO_DIGITS = 9;

    private final Path index;
    private final byte[] buffer = new byte[BUFFER];
    private final int[] starts = new int[FIELDS + 1];
    private int fields;

    /// Told of each entry in the order of the tar. What it asks the reader is about that entry.
    interface Visitor {
        void entry(LayerEntries entry);
    }

    LayerEntries(Path index) {
        this.index = index;
    }

    /// The entries whose type, the first letter of the line, is among these.
    ///
    /// @throws CorruptedException when the index is damaged, which a damaged disk may bring about
    void visit(String types, Visitor visitor) {
        boolean[] wanted = new boolean[Byte.MAX_VALUE + 1];
        types.chars().forEach(type -> wanted[type] = true);
        try (InputStream file = Files.newInputStream(index)) {
            int used = 0;
            for (int count = file.read(buffer, 0, BUFFER);
                    count > 0;
                    count = file.read(buffer, used, buffer.length - used)) {
                used += count;
                int line = 0;
                for (int end = scan(0, used); end >= 0; end = scan(line, used)) {
                    if (wanted[buffer[line] & Byte.MAX_VALUE]) {
                        if (fields != FIELDS) {
                            throw broken();
                        }
                        starts[FIELDS] = end + 1;
                        visitor.entry(this);
                    }
                    line = end + 1;
                }
                used -= line;
                System.arraycopy(buffer, line, buffer, 0, used);
                if (used == buffer.length) {
                    throw broken();
                }
            }
            if (used > 0) {
                throw broken();
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException damaged) {
            CorruptedException told = broken();
            told.initCause(damaged);
            throw told;
        } catch (IOException e) {
            throw StorageFailure.of("read", "layer index " + index, e);
        }
    }

    /// Notes where the fields of a line begin; each ends a byte before the next one begins. Every byte is looked at
    /// once: that is most of what reading takes.
    ///
    /// @return where the line ends, or -1 when it is not whole yet
    private int scan(int line, int to) {
        byte[] bytes = buffer;
        int field = 1;
        starts[0] = line;
        for (int at = line; at < to; at++) {
            byte each = bytes[at];
            if (each > '\n') {
                continue;
            }
            if (each == '\n') {
                fields = field;
                return at;
            }
            if (each == '\t' && field < FIELDS) {
                starts[field++] = at + 1;
            }
        }
        return -1;
    }

    private CorruptedException broken() {
        return new CorruptedException(
                "read", "the list of a layer's files " + index, "it is damaged", "remove the image and get it again");
    }

    private int end(int field) {
        return starts[field + 1] - 1;
    }

    char type() {
        return (char) buffer[starts[TYPE]];
    }

    int mode() {
        return (int) number(starts[MODE], end(MODE), OCTAL);
    }

    long uid() {
        return number(starts[UID], end(UID), DECIMAL);
    }

    long gid() {
        return number(starts[GID], end(GID), DECIMAL);
    }

    long size() {
        return number(starts[SIZE], end(SIZE), DECIMAL);
    }

    long seconds() {
        return number(starts[TIME], fraction(), DECIMAL);
    }

    int nanos() {
        int point = fraction();
        return end(TIME) - point > NANO_DIGITS ? (int) number(point + 1, point + 1 + NANO_DIGITS, DECIMAL) : 0;
    }

    private int fraction() {
        int at = starts[TIME];
        while (at < end(TIME) && buffer[at] != '.') {
            at++;
        }
        return at;
    }

    private long number(int from, int to, int base) {
        long number = 0;
        boolean negative = from < to && buffer[from] == '-';
        for (int at = negative ? from + 1 : from; at < to; at++) {
            number = number * base + (buffer[at] - '0');
        }
        return negative ? -number : number;
    }

    /// A letter of the line's flags: `i` implied, `x` extended attributes, `s` left out, `e` as the layers below
    /// show it.
    boolean has(char flag) {
        for (int at = starts[FLAGS]; at < end(FLAGS); at++) {
            if (buffer[at] == flag) {
                return true;
            }
        }
        return false;
    }

    /// Copies the path, as it was in the tar, without slashes at its ends; nothing for the layer's root.
    ///
    /// @return how many bytes
    int path(byte[] into) {
        int length = unescape(starts[PATH], end(PATH), into);
        int from = 0;
        while (from < length
                && (into[from] == '/' || into[from] == '.' && (from + 1 == length || into[from + 1] == '/'))) {
            from++;
        }
        while (length > from && into[length - 1] == '/') {
            length--;
        }
        System.arraycopy(into, from, into, 0, length - from);
        return length - from;
    }

    /// As [#path], of what a link says; as it is.
    int link(byte[] into) {
        return unescape(starts[LINK], end(LINK), into);
    }

    private int unescape(int from, int to, byte[] into) {
        int plain = from;
        while (plain < to && buffer[plain] != '\\') {
            plain++;
        }
        System.arraycopy(buffer, from, into, 0, plain - from);
        int length = plain - from;
        for (int at = plain; at < to; at++) {
            byte each = buffer[at];
            if (each == '\\') {
                at++;
                each = switch (buffer[at]) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'x' -> {
                        at += 2;
                        yield (byte) (Character.digit(buffer[at - 1], 16) << 4 | Character.digit(buffer[at], 16));
                    }
                    default -> buffer[at];
                };
            }
            into[length++] = each;
        }
        return length;
    }
}
