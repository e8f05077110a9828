package io.darsena.engine.container.log;

import io.darsena.bridge.container.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One line of a log, `TIMESTAMP STREAM FLAG TEXT` (see the protocol's *Log*). What is no such line is no record.
///
/// @param textFrom where its text begins
record CriRecord(Instant at, LogRecord.Stream stream, boolean partial, int textFrom) {

    /// Bytes in front of the text: 30 of the timestamp, a space, 6 of the stream, a space, the flag, a space.
    static final int HEADER = 40;

    private static final int STREAM = 31;
    private static final byte[] STDOUT = "stdout ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STDERR = "stderr ".getBytes(StandardCharsets.US_ASCII);
    private static final String SHAPE = "dddd-dd-ddTdd:dd:dd.dddddddddZ ";

    /// Reads the header of the line in `bytes` between `from` and `to`; null when it is none.
    static @Nullable CriRecord header(byte[] bytes, int from, int to) {
        if (to - from < HEADER - 1 || !isTimestamp(bytes, from)) {
            return null;
        }
        int at = from + STREAM;
        LogRecord.Stream stream;
        if (Arrays.equals(bytes, at, at + STDOUT.length, STDOUT, 0, STDOUT.length)) {
            stream = LogRecord.Stream.STDOUT;
        } else if (Arrays.equals(bytes, at, at + STDERR.length, STDERR, 0, STDERR.length)) {
            stream = LogRecord.Stream.STDERR;
        } else {
            return null;
        }
        byte flag = bytes[at + STDOUT.length];
        boolean spaced = to - from == HEADER - 1 || bytes[from + HEADER - 1] == ' ';
        if (flag != 'F' && flag != 'P' || !spaced) {
            return null;
        }
        Instant time = time(bytes, from);
        return time == null ? null : new CriRecord(time, stream, flag == 'P', Math.min(from + HEADER, to));
    }

    LogRecord record(byte[] bytes, int to) {
        return new LogRecord(at, stream, partial, Arrays.copyOfRange(bytes, textFrom, to));
    }

    private static boolean isTimestamp(byte[] bytes, int from) {
        for (int i = 0; i < SHAPE.length(); i++) {
            char expected = SHAPE.charAt(i);
            byte found = bytes[from + i];
            if (expected == 'd' ? found < '0' || found > '9' : found != expected) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Instant time(byte[] bytes, int from) {
        try {
            return LocalDateTime.of(
                            number(bytes, from, 4),
                            number(bytes, from + 5, 2),
                            number(bytes, from + 8, 2),
                            number(bytes, from + 11, 2),
                            number(bytes, from + 14, 2),
                            number(bytes, from + 17, 2),
                            number(bytes, from + 20, 9))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    private static int number(byte[] bytes, int from, int digits) {
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }
}
