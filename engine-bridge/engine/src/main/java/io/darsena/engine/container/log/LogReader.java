package io.darsena.engine.container.log;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.error.FailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One reading of a log, on a virtual thread of its own. `delivery` is held while the consumer is called.
final class LogReader implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);
    private static final int BATCH_RECORDS = 1000;
    private static final int BATCH_BYTES = 1 << 18;

    private final LogFiles files;
    private final LogQuery query;
    private final LogConsumer consumer;
    private final BooleanSupplier over;
    private final Runnable onEnd;
    private final ReentrantLock delivery = new ReentrantLock();
    private final Semaphore news = new Semaphore(0);
    private volatile boolean removed;
    private volatile boolean closed;

    /// Both are the reading thread's.
    private @Nullable LogSegment reading;

    private final Deque<LogSegment> ahead = new ArrayDeque<>();

    /// Records up to the end of the last file that was read whole.
    private long readUpTo;

    /// Nothing had been written when the reading began: what the first file does not have is missed, too.
    private boolean fromTheFirst;

    private List<LogRecord> batch = new ArrayList<>();
    private int batchBytes;

    /// @param over whether the container's run has ended, so that the log is complete
    /// @param onEnd called once when the reading is over
    LogReader(LogFiles files, LogQuery query, LogConsumer consumer, BooleanSupplier over, Runnable onEnd) {
        this.files = files;
        this.query = query;
        this.consumer = consumer;
        this.over = over;
        this.onEnd = onEnd;
    }

    void begin() {
        fromTheFirst = files.areNone();
        Thread.ofVirtual().name("log").start(this::run);
    }

    /// Something may have been written, or the run has ended.
    void wake() {
        news.release();
    }

    void removed() {
        removed = true;
        news.release();
    }

    private void run() {
        try {
            read();
            deliver(consumer::ended);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            LOG.warn("the log in {} cannot be read", files.directory(), failure);
            deliver(() ->
                    consumer.failed(new FailedException("read", "the log", String.valueOf(failure.getMessage()), "")));
        } catch (RuntimeException failure) {
            LOG.error("a reader of the log in {} failed", files.directory(), failure);
        } finally {
            onEnd.run();
        }
    }

    private void read() throws IOException, InterruptedException {
        try {
            openPresent();
            readNew();
            while (query.follow() && !closed) {
                boolean complete = removed || query.untilExit() && over.getAsBoolean();
                readNew();
                if (complete) {
                    break;
                }
                news.acquire();
                news.drainPermits();
            }
        } finally {
            closeFiles();
        }
    }

    private void openPresent() throws IOException {
        ahead.addAll(files.open(Optional.empty()));
        if (query.tail().isPresent()) {
            LogTail.Start start = new LogTail(query, query.tail().getAsInt()).find(List.copyOf(ahead));
            for (int skipped = 0; skipped < start.segment(); skipped++) {
                ahead.removeFirst().close();
            }
            for (LogSegment segment : ahead) {
                segment.seek(segment == ahead.getFirst() ? start.offset() : 0);
            }
        }
    }

    /// Reads all there is; the newest file stays open.
    private void readNew() throws IOException {
        LogSegment present = reading;
        if (present != null) {
            readToEnd(present);
        }
        lookAhead();
        while (!ahead.isEmpty()) {
            if (present != null) {
                // It was the current file until a moment ago; now nothing more comes.
                readToEnd(present);
                readUpTo = present.recordsUpToEnd();
                present.close();
            }
            present = advance(present);
            readToEnd(present);
            lookAhead();
        }
    }

    /// Opens the files that began since, and lets go of those that a rotation has removed before it was their
    /// turn: held open they would take room on the disk, beyond what a log may have. Only the one being read is
    /// kept to its end.
    private void lookAhead() throws IOException {
        LogSegment newest = ahead.isEmpty() ? reading : ahead.getLast();
        if (newest != null && newest.isFile(files.current())) {
            return;
        }
        ahead.addAll(files.open(Optional.ofNullable(newest)));
        // Without a current file nothing rotates: the container is being removed, and what is left is delivered.
        while (ahead.size() > 1 && Files.exists(files.current()) && !files.holds(ahead.getFirst())) {
            ahead.removeFirst().close();
        }
    }

    /// Goes on to the next file. What was removed between the two is told, not passed over in silence.
    private LogSegment advance(@Nullable LogSegment before) throws IOException {
        LogSegment next = ahead.removeFirst();
        if (before != null || fromTheFirst) {
            long missed = next.recordsBefore() - readUpTo;
            if (missed > 0) {
                flush();
                LogRecord notice = notice(missed);
                deliver(() -> consumer.records(List.of(notice)));
            }
        }
        reading = next;
        return next;
    }

    private static LogRecord notice(long missed) {
        String text = "darsena: " + missed + " lines were rotated away before they could be read here; "
                + "larger or more log files keep more";
        return new LogRecord(Instant.now(), LogRecord.Stream.STDERR, false, text.getBytes(StandardCharsets.UTF_8));
    }

    private void closeFiles() throws IOException {
        LogSegment present = reading;
        if (present != null) {
            present.close();
        }
        for (LogSegment segment : ahead) {
            segment.close();
        }
    }

    private void readToEnd(LogSegment segment) throws IOException {
        boolean more = true;
        while (more && !closed) {
            more = segment.read(this::add);
            flush();
            if (query.follow()) {
                lookAhead();
            }
        }
    }

    private boolean add(LogRecord record) {
        if (LogFilter.fits(query, record.stream(), record.at())) {
            batch.add(record);
            batchBytes += record.text().length;
        }
        return batch.size() < BATCH_RECORDS && batchBytes < BATCH_BYTES;
    }

    private void flush() {
        if (!batch.isEmpty()) {
            List<LogRecord> full = batch;
            batch = new ArrayList<>();
            batchBytes = 0;
            deliver(() -> consumer.records(full));
        }
    }

    private void deliver(Runnable call) {
        delivery.lock();
        try {
            if (!closed) {
                call.run();
            }
        } finally {
            delivery.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        news.release();
        if (!delivery.isHeldByCurrentThread()) {
            delivery.lock();
            delivery.unlock();
        }
    }
}
