package io.darsena.engine.sbom;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// How much memory opening a zip file would take: its central directory is read whole (APPNOTE.TXT, 4.3.16).
final class ZipDirectory {

    private static final int LARGEST = 32 << 20;

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int DIRECTORY_SIZE = 12;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int LONG_END = 0x06064b50;
    private static final int LONG_DIRECTORY_SIZE = 40;

    private ZipDirectory() {}

    /// @throws MalformedRecordException when it has none, or one that is too large
    static void check(Path file) throws IOException {
        try (RandomAccessFile zip = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, zip.length() - END_LENGTH - LONGEST_COMMENT - LOCATOR_LENGTH);
            ByteBuffer tail = read(zip, from, (int) (zip.length() - from));
            for (int at = tail.limit() - END_LENGTH; at >= 0; at--) {
                if (tail.getInt(at) == END) {
                    refuseLarge(Integer.toUnsignedLong(tail.getInt(at + DIRECTORY_SIZE)), at, tail, zip);
                    return;
                }
            }
        }
        throw new MalformedRecordException("it is no Java archive: it has no directory");
    }

    private static void refuseLarge(long size, int end, ByteBuffer tail, RandomAccessFile zip) throws IOException {
        int locator = end - LOCATOR_LENGTH;
        long largest = size == 0xffffffffL ? 0 : size;
        if (locator >= 0 && tail.getInt(locator) == LOCATOR) {
            long at = tail.getLong(locator + 8);
            if (at < 0 || at > zip.length() - LONG_DIRECTORY_SIZE - Long.BYTES) {
                throw new MalformedRecordException("it is no Java archive: its directory lies beyond its end");
            }
            ByteBuffer record = read(zip, at, LONG_DIRECTORY_SIZE + Long.BYTES);
            if (record.getInt(0) == LONG_END) {
                largest = Math.max(largest, record.getLong(LONG_DIRECTORY_SIZE));
            }
        }
        if (largest > LARGEST) {
            throw new MalformedRecordException("its directory is too large to be read");
        }
    }

    private static ByteBuffer read(RandomAccessFile zip, long from, int length) throws IOException {
        byte[] bytes = new byte[length];
        zip.seek(from);
        zip.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
