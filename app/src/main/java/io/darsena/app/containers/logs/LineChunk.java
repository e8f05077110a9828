package io.darsena.app.containers.logs;

import io.darsena.bridge.container.LogRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// Some thousand consecutive lines in a few arrays: text as UTF-8 with a line feed after each line, where each ends,
/// when it was written, by which stream. Only the newest chunk of a log grows, under the lock of [KeptLines]; one that
/// is sealed never changes, and may be read without.
///
/// Lines are known by serial numbers, which count the lines of the streams that are shown from the log's beginning:
/// they stay the same when older lines are dropped.
final class LineChunk {

    static final int MOST_LINES = 8192;
    private static final int MOST_BYTES = 256 * 1024;
    private static final byte END = '\n';

    private final long firstOfBoth;
    private final long firstError;
    private final long since;
    private byte[] text = new byte[4096];
    private int[] ends = new int[64];
    private int[] millis = new int[64];
    private boolean[] error = new boolean[64];
    private int lines;
    private int errors;

    LineChunk(long firstOfBoth, long firstError, Instant since) {
        this.firstOfBoth = firstOfBoth;
        this.firstError = firstError;
        this.since = since.toEpochMilli();
    }

    /// Whether a line fits; if not, the chunk is to be sealed and another one begun.
    boolean takes(Instant at, int bytes) {
        long later = at.toEpochMilli() - since;
        return lines == 0 || (lines < MOST_LINES && size() + bytes < MOST_BYTES && later == (int) later);
    }

    /// @param shown without line feeds
    void add(Instant at, boolean wasError, byte[] shown) {
        if (lines == ends.length) {
            ends = Arrays.copyOf(ends, lines * 2);
            millis = Arrays.copyOf(millis, lines * 2);
            error = Arrays.copyOf(error, lines * 2);
        }
        int size = size();
        int end = size + shown.length + 1;
        if (end > text.length) {
            text = Arrays.copyOf(text, Math.max(end, text.length * 2));
        }
        System.arraycopy(shown, 0, text, size, shown.length);
        text[end - 1] = END;
        ends[lines] = end;
        millis[lines] = (int) (at.toEpochMilli() - since);
        error[lines] = wasError;
        lines++;
        errors += wasError ? 1 : 0;
    }

    void removeLast() {
        lines--;
        errors -= error[lines] ? 1 : 0;
    }

    void seal() {
        text = Arrays.copyOf(text, size());
        ends = Arrays.copyOf(ends, lines);
        millis = Arrays.copyOf(millis, lines);
        error = Arrays.copyOf(error, lines);
    }

    int size() {
        return lines == 0 ? 0 : ends[lines - 1];
    }

    /// What it takes of the heap, about.
    int bytes() {
        return text.length + 9 * ends.length;
    }

    boolean isEmpty() {
        return lines == 0;
    }

    long first(LogStreams streams) {
        return switch (streams) {
            case BOTH -> firstOfBoth;
            case STDERR -> firstError;
            case STDOUT -> firstOfBoth - firstError;
        };
    }

    long end(LogStreams streams) {
        return first(streams)
                + switch (streams) {
                    case BOTH -> lines;
                    case STDERR -> errors;
                    case STDOUT -> lines - errors;
                };
    }

    /// The index of the line with a serial number that lies in this chunk.
    int index(LogStreams streams, long serial) {
        int rank = (int) (serial - first(streams));
        if (streams == LogStreams.BOTH) {
            return rank;
        }
        int index = 0;
        while (!streams.shows(error[index]) || rank-- > 0) {
            index++;
        }
        return index;
    }

    /// The next index at or after the given one that is shown; the number of lines when there is none.
    int shownFrom(LogStreams streams, int index) {
        int next = index;
        while (next < lines && !streams.shows(error[next])) {
            next++;
        }
        return next;
    }

    int lines() {
        return lines;
    }

    LogLine line(int index) {
        int start = index == 0 ? 0 : ends[index - 1];
        return new LogLine(
                Instant.ofEpochMilli(since + millis[index]),
                error[index] ? LogRecord.Stream.STDERR : LogRecord.Stream.STDOUT,
                new String(text, start, ends[index] - 1 - start, StandardCharsets.UTF_8));
    }

    /// Tells the serial number of each line from `from` on that holds what is sought, in order.
    void search(Needle needle, LogStreams streams, long from, LongConsumer hit) {
        if (from >= end(streams)) {
            return;
        }
        int index = from <= first(streams) ? 0 : index(streams, from);
        long serial = Math.max(from, first(streams));
        int at = index == 0 ? 0 : ends[index - 1];
        int size = size();
        while (at < size) {
            int found = needle.find(text, at, size);
            if (found < 0) {
                return;
            }
            while (ends[index] <= found) {
                serial += streams.shows(error[index]) ? 1 : 0;
                index++;
            }
            if (streams.shows(error[index])) {
                hit.accept(serial);
                serial++;
            }
            at = ends[index];
            index++;
        }
    }
}
