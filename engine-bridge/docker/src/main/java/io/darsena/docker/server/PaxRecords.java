package io.darsena.docker.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// What stands before a tar's header where that has not room for it: `LENGTH KEY=VALUE` and a line feed, where LENGTH
/// counts itself, too (POSIX.1-2001, pax).
final class PaxRecords {

    private PaxRecords() {}

    static Map<String, byte[]> read(byte[] bytes) throws IOException {
        Map<String, byte[]> records = new LinkedHashMap<>();
        for (int at = 0; at < bytes.length; ) {
            int space = index(bytes, ' ', at, bytes.length);
            int end = at + length(bytes, at, space);
            int equals = index(bytes, '=', space, bytes.length);
            if (end > bytes.length || equals >= end) {
                throw new IOException("an archive has a malformed record");
            }
            String key = new String(bytes, space + 1, equals - space - 1, StandardCharsets.UTF_8);
            records.put(key, Arrays.copyOfRange(bytes, equals + 1, end - 1));
            at = end;
        }
        return records;
    }

    private static int index(byte[] bytes, char wanted, int from, int to) throws IOException {
        for (int at = from; at < to; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        throw new IOException("an archive has a malformed record");
    }

    private static int length(byte[] bytes, int from, int to) throws IOException {
        try {
            int length = Integer.parseInt(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
            if (length > to - from + 2) {
                return length;
            }
        } catch (NumberFormatException malformed) {
            throw new IOException("an archive has a malformed record", malformed);
        }
        throw new IOException("an archive has a malformed record");
    }

    /// What is said of the names' encoding comes first.
    static byte[] written(Map<String, byte[]> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] charset = records.get("hdrcharset");
        if (charset != null) {
            write(out, "hdrcharset", charset);
        }
        records.forEach((key, value) -> {
            if (!key.equals("hdrcharset")) {
                write(out, key, value);
            }
        });
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String key, byte[] value) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        int rest = name.length + value.length + 3;
        int length = rest;
        for (int before = -1; before != length; ) {
            before = length;
            length = rest + Integer.toString(length).length();
        }
        out.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(name);
        out.write('=');
        out.writeBytes(value);
        out.write('\n');
    }
}
