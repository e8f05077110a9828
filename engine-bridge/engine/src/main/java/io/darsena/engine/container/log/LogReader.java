package io.darsena.engine.container.log;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.error.FailedException;
import java.io.IOException;
import java.util.ArrayList;
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
        LogSegment last = readPresent();
        try {
            while (query.follow() && !closed) {
                boolean complete = removed || query.untilExit() && over.getAsBoolean();
                last = readNew(last);
                if (complete) {
                    break;
                }
                news.acquire();
                news.drainPermits();
            }
        } finally {
            if (last != null) {
                last.close();
            }
        }
    }

    /// @return the newest file, read to its end; null when there is none yet
    private @Nullable LogSegment readPresent() throws IOException {
        List<LogSegment> segments = files.open(Optional.empty());
        LogTail.Start start = new LogTail.Start(0, 0);
        if (query.tail().isPresent()) {
            start = new LogTail(query, query.tail().getAsInt()).find(segments);
        }
        return readAll(segments, start);
    }

    private @Nullable LogSegment readNew(@Nullable LogSegment last) throws IOException {
        if (last != null) {
            readToEnd(last);
            if (last.isFile(files.current())) {
                return last;
            }
        }
        List<LogSegment> newer = files.open(Optional.ofNullable(last));
        if (newer.isEmpty()) {
            return last;
        }
        if (last != null) {
            // It was the current file until a moment ago; now nothing more comes.
            readToEnd(last);
            last.close();
        }
        return readAll(newer, new LogTail.Start(0, 0));
    }

    private @Nullable LogSegment readAll(List<LogSegment> segments, LogTail.Start start) throws IOException {
        LogSegment newest = null;
        for (int index = 0; index < segments.size(); index++) {
            LogSegment segment = segments.get(index);
            if (index >= start.segment() && !closed) {
                segment.seek(index == start.segment() ? start.offset() : 0);
                readToEnd(segment);
            }
            if (index == segments.size() - 1) {
                newest = segment;
            } else {
                segment.close();
            }
        }
        return newest;
    }

    private void readToEnd(LogSegment segment) throws IOException {
        boolean more = true;
        while (more && !closed) {
            more = segment.read(this::add);
            flush();
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
