package io.darsena.bridge.layer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Reads the extended attributes of the first entry of a tar: they stand before it, in a header of pax (POSIX.1-2017,
/// pax, "pax Extended Header"), as records that begin with `SCHILY.xattr.`.
final class ArchivedAttributes {

    private static final int BLOCK = 512;
    private static final int TYPE = 156;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;

    /// The kernel keeps at most 64 KiB of names, and of each a value of 64 KiB.
    private static final long LARGEST = 16 << 20;

    private static final String KEY = "SCHILY.xattr.";

    private ArchivedAttributes() {}

    /// Reads no further than to the entry itself.
    ///
    /// @return by name
    /// @throws IOException also for what is no tar
    static List<ExtendedAttribute> read(InputStream tar) throws IOException {
        List<ExtendedAttribute> attributes = new ArrayList<>();
        while (true) {
            byte[] header = tar.readNBytes(BLOCK);
            if (header.length < BLOCK || !isAboutNext(header[TYPE])) {
                attributes.sort(Comparator.comparing(ExtendedAttribute::name));
                return attributes;
            }
            int size = size(header);
            byte[] records = tar.readNBytes(size);
            tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            if (records.length < size) {
                throw new EOFException("the tar ends in a header");
            }
            if (header[TYPE] == 'x') {
                take(records, attributes);
            }
        }
    }

    /// It says something of the entries that follow: pax, and the long names of GNU tar.
    private static boolean isAboutNext(byte type) {
        return "xgLK".indexOf(type) >= 0;
    }

    private static int size(byte[] header) throws IOException {
        String digits = new String(header, SIZE, SIZE_LENGTH, StandardCharsets.US_ASCII)
                .replace('\0', ' ')
                .strip();
        long size = digits.matches("[0-7]+") ? Long.parseLong(digits, 8) : -1;
        if (size < 0 || size > LARGEST) {
            throw new IOException("the tar has a header of no proper size");
        }
        return (int) size;
    }

    /// Each record says how long it is: `27 SCHILY.xattr.user.a=value`, and a line break.
    private static void take(byte[] records, List<ExtendedAttribute> attributes) throws IOException {
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
            take(records, space + 1, end - 1, attributes);
            from = end;
        }
    }

    private static void take(byte[] records, int from, int end, List<ExtendedAttribute> attributes) {
        int equals = from;
        while (equals < end && records[equals] != '=') {
            equals++;
        }
        String key = new String(records, from, equals - from, StandardCharsets.UTF_8);
        if (key.startsWith(KEY) && equals < end) {
            byte[] value = Arrays.copyOfRange(records, equals + 1, end);
            attributes.add(new ExtendedAttribute(key.substring(KEY.length()), value));
        }
    }
}
