package io.darsena.engine.sbom;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The header of an installed RPM, as its database keeps it (rpm, `docs/manual/hregions` and `lib/header.c`): the
/// number
/// of index entries and the length of the store, both of four bytes; the entries, of four numbers each; the store. All
/// that it says of itself is held against the bytes that there are.
final class RpmHeader {

    private static final int PREAMBLE = 8;
    private static final int ENTRY = 16;

    /// What rpm itself allows.
    private static final int MOST_ENTRIES = 0xffff;

    private static final int INT32 = 4;
    private static final int STRING = 6;
    private static final int STRING_ARRAY = 8;
    private static final int I18N_STRING = 9;

    private final ByteBuffer bytes;
    private final int entries;
    private final int store;

    /// @throws MalformedRecordException when it is none
    RpmHeader(byte[] blob) {
        bytes = ByteBuffer.wrap(blob);
        if (blob.length < PREAMBLE) {
            throw new MalformedRecordException("a header is too short");
        }
        entries = bytes.getInt(0);
        long length = bytes.getInt(4);
        if (entries < 1
                || entries > MOST_ENTRIES
                || length < 0
                || PREAMBLE + (long) entries * ENTRY + length > blob.length) {
            throw new MalformedRecordException("a header says that it is longer than it is");
        }
        store = PREAMBLE + entries * ENTRY;
        bytes.limit(store + (int) length);
    }

    /// The first text under a tag; empty where there is none.
    String text(int tag) {
        List<String> texts = texts(tag, 1);
        return texts.isEmpty() ? "" : texts.getFirst();
    }

    /// The first texts under a tag.
    List<String> texts(int tag, int most) {
        int entry = entry(tag);
        if (entry < 0) {
            return List.of();
        }
        int type = bytes.getInt(entry + 4);
        if (type != STRING && type != STRING_ARRAY && type != I18N_STRING) {
            throw new MalformedRecordException("a header has no text under tag " + tag);
        }
        int count = type == STRING ? 1 : bytes.getInt(entry + 12);
        List<String> texts = new ArrayList<>();
        int at = at(entry, tag);
        for (int i = 0; i < Math.min(count, most); i++) {
            int end = at;
            while (end < bytes.limit() && bytes.get(end) != 0) {
                end++;
            }
            if (end == bytes.limit()) {
                throw new MalformedRecordException("a header has a text without an end under tag " + tag);
            }
            texts.add(new String(bytes.array(), at, end - at, StandardCharsets.UTF_8));
            at = end + 1;
        }
        return texts;
    }

    /// The first numbers under a tag.
    int[] numbers(int tag, int most) {
        int entry = entry(tag);
        if (entry < 0) {
            return new int[0];
        }
        int at = at(entry, tag);
        int count = Math.min(most, bytes.getInt(entry + 12));
        if (bytes.getInt(entry + 4) != INT32 || count < 0 || at + (long) count * Integer.BYTES > bytes.limit()) {
            throw new MalformedRecordException("a header has no number under tag " + tag);
        }
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = bytes.getInt(at + i * Integer.BYTES);
        }
        return numbers;
    }

    private int entry(int tag) {
        for (int i = 0; i < entries; i++) {
            if (bytes.getInt(PREAMBLE + i * ENTRY) == tag) {
                return PREAMBLE + i * ENTRY;
            }
        }
        return -1;
    }

    private int at(int entry, int tag) {
        int offset = bytes.getInt(entry + 8);
        if (offset < 0 || store + (long) offset >= bytes.limit()) {
            throw new MalformedRecordException("a header's tag " + tag + " leads beyond its end");
        }
        return store + offset;
    }
}
