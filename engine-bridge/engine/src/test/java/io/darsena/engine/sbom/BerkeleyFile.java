package io.darsena.engine.sbom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Makes hash databases of Berkeley DB as RPM does. Page 1 has the key 0 and the first header, each page after it a
/// header more; then come the overflow pages of all, in order.
final class BerkeleyFile {

    static final int SORTED = 13;
    static final int UNSORTED = 2;

    private static final int CONTENT = 26;

    private final ByteBuffer file;
    private final int pageSize;
    private int freePage;

    private BerkeleyFile(ByteOrder order, int pageSize, int pages) {
        this.file = ByteBuffer.allocate(pages * pageSize).order(order);
        this.pageSize = pageSize;
    }

    static byte[] of(ByteOrder order, int pageSize, int pageType, byte[]... headers) {
        int overflow = Arrays.stream(headers)
                .mapToInt(header -> overflowPages(header, pageSize))
                .sum();
        BerkeleyFile made = new BerkeleyFile(order, pageSize, 1 + headers.length + overflow);
        made.writeMeta(headers.length, headers.length + overflow);
        made.freePage = 1 + headers.length;
        for (int i = 0; i < headers.length; i++) {
            made.writeItems(i + 1, pageType, headers[i]);
        }
        return made.file.array();
    }

    static byte[] of(byte[]... headers) {
        return of(ByteOrder.LITTLE_ENDIAN, 512, SORTED, headers);
    }

    private static int overflowPages(byte[] header, int pageSize) {
        return header.length > pageSize / 4 ? Math.ceilDiv(header.length, pageSize - CONTENT) : 0;
    }

    /// @param buckets of one page each
    private void writeMeta(int buckets, int lastPage) {
        int mask = Integer.highestOneBit(Math.max(1, buckets - 1)) * 2 - 1;
        file.putInt(12, 0x061561)
                .putInt(16, 9)
                .putInt(20, pageSize)
                .put(25, (byte) 8)
                .putInt(32, lastPage)
                .putInt(72, buckets - 1)
                .putInt(76, mask)
                .putInt(80, mask >> 1)
                .putInt(88, buckets + 1);
        for (int spare = 96; spare < 224; spare += 4) {
            file.putInt(spare, 1);
        }
    }

    private void writeItems(int number, int type, byte[] header) {
        int at = number * pageSize;
        int items = number == 1 ? 4 : 2;
        file.putInt(at + 8, number).putShort(at + 20, (short) items).put(at + 25, (byte) type);
        int index = 0;
        int end = pageSize;
        if (number == 1) {
            end = item(at, index++, end, inPage(bytes(0)));
            end = item(at, index++, end, inPage(bytes(9)));
        }
        end = item(at, index++, end, inPage(bytes(number)));
        item(at, index, end, overflowPages(header, pageSize) == 0 ? inPage(header) : offPage(header));
    }

    private byte[] bytes(int number) {
        return ByteBuffer.allocate(4).order(file.order()).putInt(number).array();
    }

    private static byte[] inPage(byte[] bytes) {
        return ByteBuffer.allocate(1 + bytes.length).put((byte) 1).put(bytes).array();
    }

    private byte[] offPage(byte[] header) {
        int first = freePage;
        int pages = overflowPages(header, pageSize);
        for (int from = 0; from < header.length; from += pageSize - CONTENT) {
            int bytes = Math.min(pageSize - CONTENT, header.length - from);
            int at = freePage * pageSize;
            file.putInt(at + 8, freePage)
                    .putInt(at + 12, freePage == first ? 0 : freePage - 1)
                    .putInt(at + 16, freePage == first + pages - 1 ? 0 : freePage + 1)
                    .putShort(at + 20, (short) 1)
                    .putShort(at + 22, (short) bytes)
                    .put(at + 25, (byte) 7)
                    .put(at + CONTENT, header, from, bytes);
            freePage++;
        }
        return ByteBuffer.allocate(12)
                .order(file.order())
                .put((byte) 3)
                .put(new byte[3])
                .putInt(first)
                .putInt(header.length)
                .array();
    }

    private int item(int page, int index, int end, byte[] bytes) {
        int from = end - bytes.length;
        file.putShort(page + CONTENT + index * 2, (short) from).put(page + from, bytes);
        return from;
    }
}
