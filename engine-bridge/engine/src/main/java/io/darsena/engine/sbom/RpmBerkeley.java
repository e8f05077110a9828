package io.darsena.engine.sbom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.BitSet;

/// Reads a hash database of Berkeley DB, in which RPM kept its packages until 4.15 (db, `src/dbinc/db_page.h`; rpm,
/// `lib/backend/bdb_ro.c`): a page that tells of all, then pages of items, a key and a header in turn. What does not
/// fit into a page lies in a chain of overflow pages. Pages of items are read one after the other, whatever bucket
/// they belong to, and each overflow page belongs to one header, so no chain leads round in circles.
final class RpmBerkeley {

    private static final int META = 512;
    private static final int META_MAGIC = 0x00061561;
    private static final int SWAPPED_MAGIC = 0x61150600;
    private static final int META_TYPE = 8;
    private static final int ENCRYPTION = 24;
    private static final int FLAGS = 26;
    private static final int OLDEST_VERSION = 8;
    private static final int NEWEST_VERSION = 10;
    private static final int SMALLEST_PAGE = 512;
    private static final int LARGEST_PAGE = 64 << 10;

    /// A flag: each page has a checksum, and its items begin elsewhere.
    private static final int CHECKSUMS = 1;

    /// Where a page says what.
    private static final int NUMBER = 8;

    private static final int NEXT = 16;
    private static final int ITEMS = 20;
    private static final int LENGTH = 22;
    private static final int TYPE = 25;
    private static final int CONTENT = 26;

    /// Of pages.
    private static final int UNSORTED_ITEMS = 2;

    private static final int OVERFLOW = 7;
    private static final int SORTED_ITEMS = 13;

    /// Of items.
    private static final int IN_PAGE = 1;

    private static final int OFF_PAGE = 3;
    private static final int OFF_PAGE_BYTES = 12;

    private final CopiedFile file;
    private final RpmDatabase packages;
    private final int pageSize;
    private final ByteBuffer page;
    private final ByteBuffer overflow;

    /// Number of the last page that is there.
    private final long last;

    private final boolean whole;

    /// Overflow pages that belong to a header which was read.
    private final BitSet taken = new BitSet();

    private RpmBerkeley(CopiedFile file, RpmDatabase packages) throws IOException {
        this.file = file;
        this.packages = packages;
        ByteBuffer meta = ByteBuffer.allocate(META);
        file.fill(meta, 0);
        meta.order(order(meta));
        int version = meta.getInt(16);
        pageSize = meta.getInt(20);
        if (version < OLDEST_VERSION
                || version > NEWEST_VERSION
                || pageSize < SMALLEST_PAGE
                || pageSize > LARGEST_PAGE
                || Integer.bitCount(pageSize) != 1
                || meta.get(ENCRYPTION) != 0
                || meta.get(TYPE) != META_TYPE
                || (meta.get(FLAGS) & CHECKSUMS) != 0) {
            throw new MalformedRecordException("this kind of a hash database of Berkeley DB is not read: version "
                    + version + " with pages of " + pageSize + " bytes");
        }
        page = ByteBuffer.allocate(pageSize).order(meta.order());
        overflow = ByteBuffer.allocate(pageSize).order(meta.order());
        long said = Integer.toUnsignedLong(meta.getInt(32));
        last = Math.min(said, file.size() / pageSize - 1);
        whole = last == said;
    }

    private static ByteOrder order(ByteBuffer meta) {
        return switch (meta.getInt(12)) {
            case META_MAGIC -> ByteOrder.BIG_ENDIAN;
            case SWAPPED_MAGIC -> ByteOrder.LITTLE_ENDIAN;
            default -> throw new MalformedRecordException("it is no hash database of Berkeley DB");
        };
    }

    /// @throws MalformedRecordException when it is no such database, or is cut off
    static void read(Path copy, RpmDatabase packages) throws IOException {
        try (CopiedFile file = CopiedFile.open(copy)) {
            new RpmBerkeley(file, packages).read();
        }
    }

    private void read() throws IOException {
        for (long number = 1; number <= last; number++) {
            load(page, number);
            int type = page.get(TYPE);
            if (type == SORTED_ITEMS || type == UNSORTED_ITEMS) {
                readItems(page.getInt(NUMBER) == number);
            }
        }
        if (!whole) {
            throw new MalformedRecordException("it ends too early");
        }
    }

    private void load(ByteBuffer buffer, long number) throws IOException {
        file.fill(buffer, number * pageSize);
    }

    private static int unsigned(ByteBuffer buffer, int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    /// They are written from the page's end to its begin: where one ends the one before it begins.
    private void readItems(boolean ownNumber) throws IOException {
        int items = unsigned(page, ITEMS);
        int lowest = CONTENT + items * Short.BYTES;
        int end = pageSize;
        boolean sound = ownNumber && items % 2 == 0 && lowest <= pageSize;
        for (int i = 0; sound && i < items; i += 2) {
            int key = unsigned(page, CONTENT + i * Short.BYTES);
            int value = unsigned(page, CONTENT + (i + 1) * Short.BYTES);
            sound = lowest <= value && value < key && key < end;
            if (sound && !isZero(key, end)) {
                packages.add(item(value, key));
            }
            end = value;
        }
        if (!sound) {
            packages.add(RpmDatabase.NO_HEADER);
        }
    }

    /// Under the key 0 stands the number of the newest package.
    private boolean isZero(int from, int to) {
        boolean zero = page.get(from) == IN_PAGE;
        for (int i = from + 1; i < to; i++) {
            zero &= page.get(i) == 0;
        }
        return zero;
    }

    private byte[] item(int from, int to) throws IOException {
        if (page.get(from) == IN_PAGE) {
            byte[] header = new byte[to - from - 1];
            page.get(from + 1, header);
            return header;
        }
        if (page.get(from) == OFF_PAGE && to - from == OFF_PAGE_BYTES) {
            return chain(Integer.toUnsignedLong(page.getInt(from + 4)), page.getInt(from + 8));
        }
        return RpmDatabase.NO_HEADER;
    }

    private byte[] chain(long first, int length) throws IOException {
        // Before room is made for what it says it has.
        if (length > RpmDatabase.LARGEST_HEADER || !isWhole(first, length)) {
            return RpmDatabase.NO_HEADER;
        }
        byte[] header = new byte[length];
        long number = first;
        for (int at = 0; at < length; at += unsigned(overflow, LENGTH)) {
            load(overflow, number);
            overflow.get(CONTENT, header, at, unsigned(overflow, LENGTH));
            number = next();
        }
        return header;
    }

    private boolean isWhole(long first, int length) throws IOException {
        long number = first;
        int left = length;
        while (left > 0) {
            if (number < 1 || number > last || taken.get((int) number)) {
                return false;
            }
            taken.set((int) number);
            load(overflow, number);
            int bytes = unsigned(overflow, LENGTH);
            if (overflow.get(TYPE) != OVERFLOW
                    || overflow.getInt(NUMBER) != number
                    || bytes < 1
                    || bytes > Math.min(left, pageSize - CONTENT)) {
                return false;
            }
            left -= bytes;
            number = next();
        }
        return length > 0;
    }

    private long next() {
        return Integer.toUnsignedLong(overflow.getInt(NEXT));
    }
}
