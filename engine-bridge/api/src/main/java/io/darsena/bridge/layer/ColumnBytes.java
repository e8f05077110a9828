package io.darsena.bridge.layer;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Columns of numbers as bytes, the greater byte first. What is read takes room only as it comes.
final class ColumnBytes {

    private static final int BLOCK = 1 << 16;

    private ColumnBytes() {}

    static void write(DataOutputStream out, int[] column, int count) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int from = 0; from < count; ) {
            int part = Math.min(count - from, BLOCK / Integer.BYTES);
            ByteBuffer.wrap(block).asIntBuffer().put(column, from, part);
            out.write(block, 0, part * Integer.BYTES);
            from += part;
        }
    }

    static void write(DataOutputStream out, long[] column, int count) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int from = 0; from < count; ) {
            int part = Math.min(count - from, BLOCK / Long.BYTES);
            ByteBuffer.wrap(block).asLongBuffer().put(column, from, part);
            out.write(block, 0, part * Long.BYTES);
            from += part;
        }
    }

    static byte[] bytes(DataInputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the files of an image end too early");
        }
        return bytes;
    }

    static int[] ints(DataInputStream in, int count) throws IOException {
        int[] column = new int[Math.min(count, BLOCK)];
        byte[] block = new byte[BLOCK];
        for (int from = 0; from < count; ) {
            int part = Math.min(count - from, BLOCK / Integer.BYTES);
            in.readFully(block, 0, part * Integer.BYTES);
            if (column.length < from + part) {
                column = Arrays.copyOf(column, Math.min(count, column.length * 2));
            }
            ByteBuffer.wrap(block).asIntBuffer().get(column, from, part);
            from += part;
        }
        return column;
    }

    static long[] longs(DataInputStream in, int count) throws IOException {
        long[] column = new long[Math.min(count, BLOCK)];
        byte[] block = new byte[BLOCK];
        for (int from = 0; from < count; ) {
            int part = Math.min(count - from, BLOCK / Long.BYTES);
            in.readFully(block, 0, part * Long.BYTES);
            if (column.length < from + part) {
                column = Arrays.copyOf(column, Math.min(count, column.length * 2));
            }
            ByteBuffer.wrap(block).asLongBuffer().get(column, from, part);
            from += part;
        }
        return column;
    }
}
