package io.darsena.engine.container.log;

import io.darsena.bridge.container.LogQuery;
import java.io.IOException;
import java.util.List;

/// Finds where the last so many records begin, reading blocks backwards from the end, however long the log is.
final class LogTail {

    private final LogQuery query;
    private final byte[] block = new byte[LogSegment.BLOCK];
    private final byte[] header = new byte[CriRecord.HEADER];
    private int left;

    LogTail(LogQuery query, int wanted) {
        this.query = query;
        this.left = wanted;
    }

    /// Where to begin reading.
    ///
    /// @param segment index into the segments given
    record Start(int segment, long offset) {}

    /// @param segments oldest first
    Start find(List<LogSegment> segments) throws IOException {
        int last = segments.size() - 1;
        if (last < 0) {
            return new Start(0, 0);
        }
        if (left == 0) {
            return new Start(last, endOfLines(segments.get(last)));
        }
        for (int index = last; index >= 0; index--) {
            long offset = scan(segments.get(index));
            if (offset >= 0) {
                return new Start(index, offset);
            }
        }
        return new Start(0, 0);
    }

    private long endOfLines(LogSegment segment) throws IOException {
        for (long end = segment.size(); end > 0; end = Math.max(0, end - block.length)) {
            long from = Math.max(0, end - block.length);
            int count = segment.peek(from, block, (int) (end - from));
            for (int at = count - 1; at >= 0; at--) {
                if (block[at] == '\n') {
                    return from + at + 1;
                }
            }
        }
        return 0;
    }

    /// Where the last wanted record begins; -1 when it is in an older segment.
    private long scan(LogSegment segment) throws IOException {
        // A line begins behind each line feed, but behind the last one none has come to its end.
        boolean first = true;
        for (long end = segment.size(); end > 0; end = Math.max(0, end - block.length)) {
            long from = Math.max(0, end - block.length);
            int count = segment.peek(from, block, (int) (end - from));
            for (int at = count - 1; at >= 0; at--) {
                if (block[at] != '\n') {
                    continue;
                }
                if (!first && counts(segment, from + at + 1) && left == 0) {
                    return from + at + 1;
                }
                first = false;
            }
        }
        return !first && counts(segment, 0) && left == 0 ? 0 : -1;
    }

    private boolean counts(LogSegment segment, long offset) throws IOException {
        int count = segment.peek(offset, header, header.length);
        CriRecord record = CriRecord.header(header, 0, lineLength(count));
        if (record == null || !LogFilter.fits(query, record.stream(), record.at())) {
            return false;
        }
        left--;
        return true;
    }

    private int lineLength(int count) {
        for (int at = 0; at < count; at++) {
            if (header[at] == '\n') {
                return at;
            }
        }
        return count;
    }
}
