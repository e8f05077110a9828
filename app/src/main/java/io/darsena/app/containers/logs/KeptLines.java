package io.darsena.app.containers.logs;

import io.darsena.bridge.container.LogRecord;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// The newest lines of a log, packed: a million of them take about as much as their text. When there are more, or their
/// text takes too much of the heap, the oldest go, a chunk at a time. Any thread; its lock guards all of it.
public final class KeptLines {

    /// As many lines are kept at least, unless they are so long that [#ROOM] does not hold them.
    public static final int CAPACITY = 1_000_000;

    /// As many are asked for: some more, so that it shows when there are older ones.
    static final int ASKED = CAPACITY + 2 * LineChunk.MOST_LINES;

    /// A log may take half of the heap, and no more than this.
    private static final long ROOM = Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 2);

    private final int capacity;
    private final long room;
    private final List<LineChunk> chunks = new ArrayList<>();
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private Optional<LogRecord.Stream> unfinishedBy = Optional.empty();
    private Optional<Instant> newest = Optional.empty();
    private long bytes;
    private boolean dropped;

    public KeptLines() {
        this(CAPACITY, ROOM);
    }

    KeptLines(int capacity, long room) {
        this.capacity = capacity;
        this.room = room;
        chunks.add(new LineChunk(0, 0, Instant.EPOCH));
    }

    public synchronized void append(List<LogRecord> records) {
        for (LogRecord record : records) {
            boolean more =
                    unfinishedBy.filter(stream -> stream == record.stream()).isPresent();
            if (!more) {
                unfinished.reset();
            } else {
                chunks.getLast().removeLast();
            }
            if (unfinished.size() < LogLine.LONGEST * 4) {
                unfinished.writeBytes(record.text());
            }
            add(record, LogLine.packed(unfinished.toByteArray()));
            unfinishedBy = record.partial() ? Optional.of(record.stream()) : Optional.empty();
            newest = Optional.of(record.at());
        }
        drop();
    }

    private void add(LogRecord record, byte[] shown) {
        LineChunk last = chunks.getLast();
        if (last.isEmpty() || !last.takes(record.at(), shown.length)) {
            if (last.isEmpty()) {
                chunks.removeLast();
            } else {
                last.seal();
                bytes += last.bytes();
            }
            last = new LineChunk(last.end(LogStreams.BOTH), last.end(LogStreams.STDERR), record.at());
            chunks.add(last);
        }
        last.add(record.at(), record.stream() == LogRecord.Stream.STDERR, shown);
    }

    private void drop() {
        while (chunks.size() > 1
                && (bytes > room || count(LogStreams.BOTH) - chunks.getFirst().lines() >= capacity)) {
            bytes -= chunks.removeFirst().bytes();
            dropped = true;
        }
    }

    /// Forgets every line. Serial numbers go on.
    public synchronized void clear() {
        LineChunk last = chunks.getLast();
        chunks.clear();
        chunks.add(new LineChunk(last.end(LogStreams.BOTH), last.end(LogStreams.STDERR), Instant.EPOCH));
        unfinishedBy = Optional.empty();
        bytes = 0;
        dropped = false;
    }

    /// When the last line that ever came was written.
    synchronized Optional<Instant> newest() {
        return newest;
    }

    /// Whether there was no room for older lines.
    public synchronized boolean dropped() {
        return dropped;
    }

    /// The serial number of the oldest line.
    public synchronized long first(LogStreams streams) {
        return chunks.getFirst().first(streams);
    }

    /// One more than the serial number of the newest line.
    public synchronized long end(LogStreams streams) {
        return chunks.getLast().end(streams);
    }

    public synchronized long count(LogStreams streams) {
        return end(streams) - first(streams);
    }

    /// Up to so many lines from a serial number on, or from the oldest on when that is newer.
    public synchronized List<LogLine> lines(LogStreams streams, long from, int most) {
        List<LogLine> lines = new ArrayList<>(Math.min(most, 4096));
        long serial = Math.max(from, first(streams));
        for (int i = holding(streams, serial); i < chunks.size() && lines.size() < most; i++) {
            LineChunk chunk = chunks.get(i);
            if (serial >= chunk.end(streams)) {
                continue;
            }
            int index = serial <= chunk.first(streams) ? 0 : chunk.index(streams, serial);
            index = chunk.shownFrom(streams, index);
            while (index < chunk.lines() && lines.size() < most) {
                lines.add(chunk.line(index));
                index = chunk.shownFrom(streams, index + 1);
            }
        }
        return lines;
    }

    /// The chunk a serial number lies in.
    private int holding(LogStreams streams, long serial) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (chunks.get(middle).end(streams) > serial) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// How many lines hold the words now.
    public long count(String words, boolean mindingCase) {
        LongAdder found = new LongAdder();
        search(
                Needle.of(words, mindingCase),
                LogStreams.BOTH,
                first(LogStreams.BOTH),
                () -> false,
                hit -> found.increment());
        return found.sum();
    }

    /// Tells the serial numbers of the lines from `from` on that hold what is sought, in order, and returns where to go
    /// on when more lines have come. Appending waits for the newest chunk at most.
    long search(Needle needle, LogStreams streams, long from, BooleanSupplier cancelled, LongConsumer hit) {
        List<LineChunk> sealed;
        synchronized (this) {
            sealed = List.copyOf(chunks.subList(0, chunks.size() - 1));
        }
        long reached = from;
        for (LineChunk chunk : sealed) {
            if (cancelled.getAsBoolean()) {
                return reached;
            }
            chunk.search(needle, streams, reached, hit);
            reached = Math.max(reached, chunk.end(streams));
        }
        return searchRest(needle, streams, reached, hit);
    }

    private synchronized long searchRest(Needle needle, LogStreams streams, long from, LongConsumer hit) {
        long reached = from;
        long settled = end(streams) - (unfinishedBy.isPresent() ? 1 : 0);
        for (LineChunk chunk : chunks.subList(holding(streams, from), chunks.size())) {
            chunk.search(needle, streams, reached, serial -> {
                if (serial < settled) {
                    hit.accept(serial);
                }
            });
            reached = Math.max(reached, Math.min(settled, chunk.end(streams)));
        }
        return reached;
    }
}
