package io.darsena.bridge.layer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Goes through a tar as [Layers#archive] gives it, entry by entry, with the very bytes of extended attributes, of
/// which libraries for tars make texts. They stand before the entry, in a header of pax (POSIX.1-2017, pax, "pax
/// Extended Header"), as records that begin with `SCHILY.xattr.`. Used by one thread; whoever has opened the tar
/// closes it.
public final class ArchivedEntries {

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int TYPE = 156;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int MOST_DIGITS = 18;

    /// The kernel keeps at most 64 KiB of names, and of each a value of 64 KiB.
    private static final long LARGEST = 16 << 20;

    private static final String ATTRIBUTE = "SCHILY.xattr.";

    private final InputStream tar;

    /// Of the entry's bytes, and what fills its last block.
    private long left;

    private long filling;

    /// @param name as far as the head itself tells it: its first hundred bytes, without a slash at the end
    /// @param type as in the tar
    /// @param size of the bytes that follow
    /// @param attributes by name
    public record Entry(String name, char type, long size, List<ExtendedAttribute> attributes) {

        public Entry {
            attributes = List.copyOf(attributes);
        }

        public boolean isFile() {
            return type == '0' || type == 0;
        }

        public boolean isDirectory() {
            return type == '5';
        }

        /// One more name of a file that came before.
        public boolean isLink() {
            return type == '1';
        }
    }

    /// What headers of pax say of the entry that follows.
    private static final class Announced {
        private final List<ExtendedAttribute> attributes = new ArrayList<>();
        private Optional<Long> size = Optional.empty();
    }

    public ArchivedEntries(InputStream tar) {
        this.tar = tar;
    }

    /// The next one; what is left of the one before is passed over.
    ///
    /// @return empty at the end
    /// @throws IOException also for what is no tar
    public Optional<Entry> next() throws IOException {
        tar.skipNBytes(left + filling);
        left = 0;
        filling = 0;
        Announced announced = new Announced();
        while (true) {
            byte[] header = tar.readNBytes(BLOCK);
            if (header.length == 0 || isBlank(header)) {
                return Optional.empty();
            }
            if (header.length < BLOCK) {
                throw new EOFException("the tar ends in a header");
            }
            if (!isAboutNext(header[TYPE])) {
                return Optional.of(entry(header, announced));
            }
            announce(header, announced);
        }
    }

    private static boolean isBlank(byte[] header) {
        for (byte each : header) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /// It says something of the entries that follow: pax, and the long names of GNU tar.
    private static boolean isAboutNext(byte type) {
        return "xgLK".indexOf(type) >= 0;
    }

    private Entry entry(byte[] header, Announced announced) throws IOException {
        char type = (char) (header[TYPE] & 0xff);
        long size = announced.size.isPresent() ? announced.size.get() : size(header);
        // Of all others it says what they would take as a file.
        left = type == '0' || type == 0 ? size : 0;
        filling = filling(left);
        announced.attributes.sort(Comparator.comparing(ExtendedAttribute::name));
        int end = 0;
        while (end < NAME_LENGTH && header[end] != 0) {
            end++;
        }
        while (end > 0 && header[end - 1] == '/') {
            end--;
        }
        return new Entry(new String(header, 0, end, StandardCharsets.UTF_8), type, left, announced.attributes);
    }

    private static long filling(long size) {
        return (BLOCK - size % BLOCK) % BLOCK;
    }

    private static long size(byte[] header) throws IOException {
        String digits = new String(header, SIZE, SIZE_LENGTH, StandardCharsets.US_ASCII)
                .replace('\0', ' ')
                .strip();
        if (!digits.matches("[0-7]+")) {
            throw new IOException("the tar has a header of no proper size");
        }
        return Long.parseLong(digits, 8);
    }

    private void announce(byte[] header, Announced announced) throws IOException {
        long size = size(header);
        if (size > LARGEST) {
            throw new IOException("the tar has a header of no proper size");
        }
        byte[] records = tar.readNBytes((int) size);
        if (records.length < size) {
            throw new EOFException("the tar ends in a header");
        }
        tar.skipNBytes(filling(size));
        if (header[TYPE] == 'x') {
            take(records, announced);
        }
    }

    /// Each record says how long it is: `27 SCHILY.xattr.user.a=value`, and a line break.
    private static void take(byte[] records, Announced announced) throws IOException {
        for (int from = 0; from < records.length; ) {
            int space = from;
            while (space < records.length && records[space] >= '0' && records[space] <= '9') {
                space++;
            }
            String length = new String(records, from, Math.min(space - from, 9), StandardCharsets.US_ASCII);
            int end = length.isEmpty() ? 0 : from + Integer.parseInt(length);
            if (end <= space || end > records.length || records[space] != ' ') {
                throw new IOException("the tar has a header that cannot be read");
            }
            take(records, space + 1, end - 1, announced);
            from = end;
        }
    }

    private static void take(byte[] records, int from, int end, Announced announced) throws IOException {
        int equals = from;
        while (equals < end && records[equals] != '=') {
            equals++;
        }
        if (equals == end) {
            return;
        }
        String key = new String(records, from, equals - from, StandardCharsets.UTF_8);
        if (key.startsWith(ATTRIBUTE)) {
            byte[] value = Arrays.copyOfRange(records, equals + 1, end);
            announced.attributes.add(new ExtendedAttribute(key.substring(ATTRIBUTE.length()), value));
        } else if (key.equals("size")) {
            String digits = new String(records, equals + 1, end - equals - 1, StandardCharsets.US_ASCII);
            if (!digits.matches("[0-9]+") || digits.length() > MOST_DIGITS) {
                throw new IOException("the tar has an entry of no proper size");
            }
            announced.size = Optional.of(Long.parseLong(digits));
        }
    }

    /// The bytes of the entry that [#next] gave last. Closing it closes nothing.
    public InputStream bytes() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (length == 0) {
                    return 0;
                }
                if (left == 0) {
                    return -1;
                }
                int count = tar.read(buffer, offset, (int) Math.min(length, left));
                if (count < 0) {
                    throw new EOFException("the tar ends in an entry");
                }
                left -= count;
                return count;
            }
        };
    }
}
