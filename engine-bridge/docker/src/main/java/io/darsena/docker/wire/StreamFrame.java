package io.darsena.docker.wire;

import io.darsena.bridge.container.LogRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Docker's multiplexed stream (Engine API, ContainerAttach, Stream format): a byte for the stream, three
/// zero bytes, the payload's length big-endian, the payload.
public final class StreamFrame {

    private static final int HEADER = 8;

    private StreamFrame() {}

    /// A frame that carries nothing: clients pass over it.
    public static byte[] empty() {
        return new byte[] {1, 0, 0, 0, 0, 0, 0, 0};
    }

    /// A record as one frame, with its line feed unless it is a part.
    public static byte[] of(LogRecord record, boolean timestamps) {
        byte[] stamp = timestamps ? (record.at() + " ").getBytes(StandardCharsets.US_ASCII) : new byte[0];
        int length = stamp.length + record.text().length + (record.partial() ? 0 : 1);
        ByteBuffer frame = ByteBuffer.allocate(HEADER + length);
        frame.put((byte) (record.stream() == LogRecord.Stream.STDOUT ? 1 : 2));
        frame.put(new byte[3]).putInt(length).put(stamp).put(record.text());
        if (!record.partial()) {
            frame.put((byte) '\n');
        }
        return frame.array();
    }
}
