package io.darsena.bridge.fake;

import io.darsena.bridge.layer.FileKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// A small tar (POSIX.1-1988, ustar) in memory.
final class FakeTar {

    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// @param name of at most 100 bytes
    void add(String name, FileKind kind, String link, byte[] content) {
        char type = kind == FileKind.DIRECTORY ? '5' : kind == FileKind.SYMBOLIC_LINK ? '2' : '0';
        add(name, kind, link, content, type);
    }

    private void add(String name, FileKind kind, String link, byte[] content, char type) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, String.format(Locale.ROOT, "%07o", kind == FileKind.FILE ? 0644 : 0755));
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format(Locale.ROOT, "%011o", content.length));
        put(header, 136, "15000000000");
        put(header, 156, Character.toString(type));
        put(header, 157, kind == FileKind.SYMBOLIC_LINK ? link : "");
        put(header, 257, "ustar\00000");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    /// An extended attribute of the entry that comes next.
    void attribute(String name, byte[] value) {
        byte[] key = (" SCHILY.xattr." + name + "=").getBytes(StandardCharsets.UTF_8);
        int rest = key.length + value.length + 1;
        int length = rest + Integer.toString(rest).length();
        length += Integer.toString(length).length() - Integer.toString(rest).length();
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        record.writeBytes(key);
        record.writeBytes(value);
        record.write('\n');
        add("pax", FileKind.FILE, "", record.toByteArray(), 'x');
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, NAME_LENGTH));
    }

    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.writeBytes(new byte[2 * BLOCK]);
        return whole.toByteArray();
    }
}
