package io.darsena.docker.wire;

import io.darsena.bridge.container.LogRecord;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Docker's multiplexed stream (Engine API, ContainerAttach, Stream format): a byte for the stream, three
/// zero bytes, the payload's length big-endian, the payload.
public final class StreamFrame {

    private static final int HEADER = 8;

    /// Far above a record's: the log cuts lines at 16 KiB.
    private static final int LONGEST = 16 << 20;

    /// Nine digits of a second, zeros too, as Docker's clients count on.
    private static final DateTimeFormatter STAMP =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter(Locale.ROOT);

    private StreamFrame() {}

    /// A frame that carries nothing: clients pass over it.
    public static byte[] empty() {
        return new byte[] {1, 0, 0, 0, 0, 0, 0, 0};
    }

    /// Reads the next frame that carries something, written with its time: a record each, as [#of] writes them.
    ///
    /// @return empty where the stream ends
    /// @throws IOException when the stream breaks off, or a frame is none of a record with its time
    public static Optional<LogRecord> read(InputStream in) throws IOException {
        Optional<Piece> piece = piece(in);
        return piece.isEmpty() ? Optional.empty() : Optional.of(record(piece.get()));
    }

    /// What one frame carries.
    ///
    /// @param bytes not copied, not to be changed
    public record Piece(LogRecord.Stream stream, byte[] bytes) {}

    /// Reads the next frame that carries something, whatever it is.
    ///
    /// @return empty where the stream ends
    /// @throws IOException when the stream breaks off
    public static Optional<Piece> piece(InputStream in) throws IOException {
        while (true) {
            byte[] head = in.readNBytes(HEADER);
            if (head.length == 0) {
                return Optional.empty();
            }
            int length = head.length < HEADER ? -1 : ByteBuffer.wrap(head).getInt(4);
            if (length < 0 || length > LONGEST) {
                throw new IOException("a frame of a log is malformed");
            }
            byte[] payload = in.readNBytes(length);
            if (payload.length < length) {
                throw new EOFException("a log broke off within a record");
            }
            if (length > 0) {
                return Optional.of(
                        new Piece(head[0] == 2 ? LogRecord.Stream.STDERR : LogRecord.Stream.STDOUT, payload));
            }
        }
    }

    private static LogRecord record(Piece piece) throws IOException {
        byte[] payload = piece.bytes();
        int space = 0;
        while (space < payload.length && payload[space] != ' ') {
            space++;
        }
        boolean partial = payload[payload.length - 1] != '\n';
        int end = partial ? payload.length : payload.length - 1;
        try {
            Instant at = Instant.parse(new String(payload, 0, space, StandardCharsets.US_ASCII));
            return new LogRecord(
                    at, piece.stream(), partial, Arrays.copyOfRange(payload, Math.min(space + 1, end), end));
        } catch (DateTimeParseException noTime) {
            throw new IOException("a record of a log has no time", noTime);
        }
    }

    /// Bytes as they were written, as one frame.
    public static byte[] of(LogRecord.Stream stream, byte[] bytes) {
        return ByteBuffer.allocate(HEADER + bytes.length)
                .put((byte) (stream == LogRecord.Stream.STDOUT ? 1 : 2))
                .put(new byte[3])
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    /// A record as one frame, with its line feed unless it is a part.
    ///
    /// @param details whether what log options add to each line comes before it: nothing and a space, for
    ///     none of those options is taken
    public static byte[] of(LogRecord record, boolean timestamps, boolean details) {
        String before = (timestamps ? STAMP.format(record.at()) + " " : "") + (details ? " " : "");
        byte[] stamp = before.getBytes(StandardCharsets.US_ASCII);
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
