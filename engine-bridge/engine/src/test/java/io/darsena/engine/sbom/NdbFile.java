package io.darsena.engine.sbom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Adler32;

/// Makes databases of ndb as RPM does: one page of slots, the packages numbered from 1, and the second slot free, as
/// if a package had been removed.
final class NdbFile {

    static final int PAGE = 4096;
    static final int BLOCK = 16;

    private NdbFile() {}

    static byte[] of(byte[]... headers) {
        int blocks = Arrays.stream(headers).mapToInt(NdbFile::blocks).sum();
        ByteBuffer file = ByteBuffer.allocate(PAGE + blocks * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        file.put(text("RpmP")).putInt(0).putInt(5).putInt(1).putInt(headers.length + 1);
        for (int at = slot(0); at < PAGE; at += BLOCK) {
            file.put(at, text("Slot"));
        }
        int from = PAGE / BLOCK;
        for (int i = 0; i < headers.length; i++) {
            int slot = slot(i == 0 ? 0 : i + 1);
            file.putInt(slot + 4, i + 1).putInt(slot + 8, from).putInt(slot + 12, blocks(headers[i]));
            write(file, from * BLOCK, i + 1, headers[i]);
            from += blocks(headers[i]);
        }
        return file.array();
    }

    /// Where a slot is.
    static int slot(int index) {
        return 32 + index * BLOCK;
    }

    static int blocks(byte[] header) {
        return (16 + header.length + 12 + BLOCK - 1) / BLOCK;
    }

    private static void write(ByteBuffer file, int from, int number, byte[] header) {
        int tail = from + blocks(header) * BLOCK - 12;
        file.put(from, text("BlbS"))
                .putInt(from + 4, number)
                .putInt(from + 8, 1_700_000_000)
                .putInt(from + 12, header.length)
                .put(from + 16, header);
        Adler32 sum = new Adler32();
        sum.update(file.array(), from, tail - from);
        file.putInt(tail, (int) sum.getValue()).putInt(tail + 4, header.length).put(tail + 8, text("BlbE"));
    }

    private static byte[] text(String letters) {
        return letters.getBytes(StandardCharsets.US_ASCII);
    }
}
