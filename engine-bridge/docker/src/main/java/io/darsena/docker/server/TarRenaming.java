package io.darsena.docker.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tar (POSIX.1-2001, pax) whose entries are called otherwise: what begins with one name begins with another.
/// Contents pass through as they are. For one thread, but that [#close] may come from any.
final class TarRenaming extends InputStream {

    private static final int BLOCK = 512;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int TYPE = 156;
    private static final int LINK = 157;
    private static final int PREFIX = 345;
    private static final int PREFIX_LENGTH = 155;
    private static final int LONGEST_RECORDS = 1 << 24;

    private final InputStream tar;
    private final byte[] before;
    private final byte[] after;
    private InputStream heads = InputStream.nullInputStream();
    private long content;
    private boolean ended;

    /// @param before the name that all entries begin with; empty where they have none
    /// @param after what they begin with instead
    TarRenaming(InputStream tar, byte[] before, byte[] after) {
        this.tar = tar;
        this.before = before.clone();
        this.after = after.clone();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (content == 0 && !ended && heads.available() == 0) {
            next();
        }
        if (heads.available() > 0) {
            return heads.read(bytes, offset, length);
        }
        if (ended) {
            return tar.read(bytes, offset, length);
        }
        int count = tar.read(bytes, offset, (int) Math.min(length, content));
        if (count < 0) {
            throw new EOFException("an archive ends within a file");
        }
        content -= count;
        return count;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }

    private void next() throws IOException {
        byte[] head = block();
        if (head.length == 0 || Arrays.equals(head, new byte[BLOCK])) {
            heads = new ByteArrayInputStream(head);
            ended = true;
            return;
        }
        Map<String, byte[]> records = new LinkedHashMap<>();
        byte @Nullable [] extension = null;
        if (head[TYPE] == 'x') {
            extension = head;
            records.putAll(PaxRecords.read(bytes(size(head))));
            head = block();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (head[TYPE] != 'g') {
            rename(head, records);
        }
        if (!records.isEmpty()) {
            byte[] written = PaxRecords.written(records);
            out.writeBytes(extensionHead(extension == null ? head : extension, written.length));
            out.writeBytes(written);
            out.writeBytes(new byte[padding(written.length)]);
        }
        out.writeBytes(head);
        heads = new ByteArrayInputStream(out.toByteArray());
        byte[] told = records.get("size");
        long size = told == null ? size(head) : number(told);
        content = size + padding(size);
    }

    private static long number(byte[] text) throws IOException {
        try {
            return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
        } catch (NumberFormatException malformed) {
            throw new IOException("an archive tells no size", malformed);
        }
    }

    private void rename(byte[] head, Map<String, byte[]> records) {
        byte[] own = text(head, NAME, NAME_LENGTH);
        byte[] prefix = text(head, PREFIX, PREFIX_LENGTH);
        byte[] name = renamed(records.getOrDefault("path", prefix.length == 0 ? own : joined(prefix, own)));
        put(head, NAME, name, "path", records);
        Arrays.fill(head, PREFIX, PREFIX + PREFIX_LENGTH, (byte) 0);
        if (head[TYPE] == '1') {
            byte[] target = records.getOrDefault("linkpath", text(head, LINK, NAME_LENGTH));
            put(head, LINK, renamed(target), "linkpath", records);
        }
        sum(head);
    }

    private byte[] renamed(byte[] name) {
        if (before.length == 0) {
            return joined(after, name);
        }
        boolean begins = name.length >= before.length && Arrays.equals(Arrays.copyOf(name, before.length), before);
        if (!begins || name.length > before.length && name[before.length] != '/') {
            return name;
        }
        byte[] rest = Arrays.copyOfRange(name, before.length, name.length);
        byte[] whole = Arrays.copyOf(after, after.length + rest.length);
        System.arraycopy(rest, 0, whole, after.length, rest.length);
        return whole;
    }

    private static byte[] joined(byte[] directory, byte[] name) {
        byte[] whole = Arrays.copyOf(directory, directory.length + 1 + name.length);
        whole[directory.length] = '/';
        System.arraycopy(name, 0, whole, directory.length + 1, name.length);
        return whole;
    }

    /// A name that is too long for its field goes into the records; a field holds its beginning then.
    private static void put(byte[] head, int at, byte[] name, String key, Map<String, byte[]> records) {
        Arrays.fill(head, at, at + NAME_LENGTH, (byte) 0);
        System.arraycopy(name, 0, head, at, Math.min(name.length, NAME_LENGTH));
        records.remove(key);
        if (name.length > NAME_LENGTH) {
            if (!isUtf8(name)) {
                records.putIfAbsent("hdrcharset", "BINARY".getBytes(StandardCharsets.US_ASCII));
            }
            records.put(key, name);
        }
    }

    private static boolean isUtf8(byte[] name) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
            return true;
        } catch (CharacterCodingException bytes) {
            return false;
        }
    }

    private static byte[] extensionHead(byte[] like, int size) {
        byte[] head = like.clone();
        byte[] name = "././@PaxHeader".getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(head, NAME, NAME + NAME_LENGTH, (byte) 0);
        System.arraycopy(name, 0, head, NAME, name.length);
        Arrays.fill(head, LINK, LINK + NAME_LENGTH, (byte) 0);
        head[TYPE] = 'x';
        putOctal(head, SIZE, SIZE_LENGTH, size);
        sum(head);
        return head;
    }

    private static void sum(byte[] head) {
        Arrays.fill(head, CHECKSUM, CHECKSUM + CHECKSUM_LENGTH, (byte) ' ');
        long sum = 0;
        for (byte each : head) {
            sum += each & 0xff;
        }
        putOctal(head, CHECKSUM, CHECKSUM_LENGTH - 1, sum);
    }

    private static void putOctal(byte[] head, int at, int length, long number) {
        String digits = Long.toOctalString(number);
        byte[] field = ("0".repeat(length - 1 - digits.length()) + digits).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(field, 0, head, at, field.length);
        head[at + length - 1] = 0;
    }

    private static byte[] text(byte[] head, int at, int length) {
        int end = at;
        while (end < at + length && head[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(head, at, end);
    }

    private static long size(byte[] head) throws IOException {
        String digits = new String(text(head, SIZE, SIZE_LENGTH), StandardCharsets.US_ASCII).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException malformed) {
            throw new IOException("an archive tells no size", malformed);
        }
    }

    private static int padding(long size) {
        return (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    private byte[] bytes(long size) throws IOException {
        if (size > LONGEST_RECORDS) {
            throw new IOException("an archive has records of " + size + " bytes");
        }
        int whole = (int) size + padding(size);
        byte[] bytes = tar.readNBytes(whole);
        if (bytes.length < whole) {
            throw new EOFException("an archive ends within a header");
        }
        return Arrays.copyOf(bytes, (int) size);
    }

    /// Empty at the end.
    private byte[] block() throws IOException {
        byte[] block = tar.readNBytes(BLOCK);
        if (block.length != 0 && block.length < BLOCK) {
            throw new EOFException("an archive ends within a header");
        }
        return block;
    }
}
