package io.darsena.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes tars byte by byte, right and wrong ones. A header's fields can be set to anything; the checksum is then made
/// to fit, unless it is told not to.
final class TarForge {

    static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static TarForge tar() {
        return new TarForge();
    }

    TarForge file(String name, String content) {
        return entry(header(name, '0').size(content.length()), content);
    }

    TarForge directory(String name) {
        return entry(header(name, '5').mode(0755), "");
    }

    TarForge symlink(String name, String target) {
        return entry(header(name, '2').link(target), "");
    }

    TarForge hardLink(String name, String target) {
        return entry(header(name, '1').link(target), "");
    }

    TarForge entry(Header header, String data) {
        return entry(header, data.getBytes(StandardCharsets.UTF_8));
    }

    /// The header, then the data padded to a block; the size in the header is what it says, right or wrong.
    TarForge entry(Header header, byte[] data) {
        return bytes(header.block()).padded(data);
    }

    /// A pax header of these `key=value` records.
    TarForge pax(String... records) {
        return pax('x', records);
    }

    TarForge pax(char type, String... records) {
        var body = new ByteArrayOutputStream();
        for (String record : records) {
            body.writeBytes(record(record.getBytes(StandardCharsets.UTF_8)));
        }
        return rawPax(type, body.toByteArray());
    }

    TarForge rawPax(char type, byte[] body) {
        return entry(header("pax", type).size(body.length), body);
    }

    /// `LENGTH KEY=VALUE\n`.
    static byte[] record(byte[] keyAndValue) {
        int length = keyAndValue.length + 2;
        int digits = Integer.toString(length).length();
        while (Integer.toString(length + digits).length() != digits) {
            digits++;
        }
        byte[] head = ((length + digits) + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] record = Arrays.copyOf(head, length + digits);
        System.arraycopy(keyAndValue, 0, record, head.length, keyAndValue.length);
        record[record.length - 1] = '\n';
        return record;
    }

    /// GNU's way of names over 100 bytes: type `L` for the name, `K` for the link's target.
    TarForge gnuLong(char type, String name) {
        byte[] text = (name + "\0").getBytes(StandardCharsets.UTF_8);
        return entry(header("././@LongLink", type).gnu().size(text.length), text);
    }

    TarForge padded(byte[] data) {
        bytes(data);
        return bytes(new byte[(BLOCK - data.length % BLOCK) % BLOCK]);
    }

    TarForge bytes(byte[] raw) {
        out.writeBytes(raw);
        return this;
    }

    byte[] withoutEnd() {
        return out.toByteArray();
    }

    byte[] end() {
        return bytes(new byte[2 * BLOCK]).withoutEnd();
    }

    static Header header(String name, char type) {
        return new Header(name, type);
    }

    /// One header block.
    static final class Header {
        private final byte[] block = new byte[BLOCK];
        private boolean checksum = true;

        private Header(String name, char type) {
            text(0, 100, name);
            mode(0644);
            owner(0, 0);
            size(0);
            mtime(1_600_000_000L);
            block[156] = (byte) type;
            text(257, 8, "ustar\00000");
        }

        Header mode(int mode) {
            return octal(100, 8, mode);
        }

        Header owner(int uid, int gid) {
            return octal(108, 8, uid).octal(116, 8, gid);
        }

        Header size(long size) {
            return octal(124, 12, size);
        }

        Header mtime(long seconds) {
            return octal(136, 12, seconds);
        }

        Header link(String target) {
            return text(157, 100, target);
        }

        Header prefix(String prefix) {
            return text(345, 155, prefix);
        }

        Header device(int major, int minor) {
            return octal(329, 8, major).octal(337, 8, minor);
        }

        Header gnu() {
            return text(257, 8, "ustar  \0");
        }

        Header withoutMagic() {
            return text(257, 8, "");
        }

        Header wrongChecksum() {
            checksum = false;
            return this;
        }

        Header octal(int offset, int length, long value) {
            String digits = Long.toOctalString(value);
            return text(offset, length, "0".repeat(Math.max(0, length - 1 - digits.length())) + digits);
        }

        /// GNU's base-256, big-endian.
        Header binary(int offset, int length, long value) {
            for (int i = 0; i < length; i++) {
                int shift = 8 * (length - 1 - i);
                block[offset + i] = (byte) (shift > 63 ? value >> 63 : value >> shift);
            }
            block[offset] |= (byte) 0x80;
            return this;
        }

        Header text(int offset, int length, String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            Arrays.fill(block, offset, offset + length, (byte) 0);
            System.arraycopy(bytes, 0, block, offset, Math.min(length, bytes.length));
            return this;
        }

        byte[] block() {
            Arrays.fill(block, 148, 156, (byte) ' ');
            int sum = 0;
            for (byte b : block) {
                sum += b & 0xff;
            }
            text(148, 8, "%06o\0 ".formatted(checksum ? sum : sum + 1));
            return block.clone();
        }
    }
}
