package io.darsena.bridge.fake;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.container.OutputConsumer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A container's log in memory.
final class FakeLog {

    private static final int BATCH = 500;

    private final List<LogRecord> records = new ArrayList<>();
    private boolean removed;
    private boolean running;
    private boolean everRan;
    private int begun;

    synchronized void append(LogRecord.Stream stream, byte[] text) {
        records.add(new LogRecord(Instant.now(), stream, false, text));
        notifyAll();
    }

    synchronized void running(boolean runs) {
        everRan = true;
        begun += runs ? 1 : 0;
        running = runs;
        notifyAll();
    }

    synchronized void remove() {
        removed = true;
        notifyAll();
    }

    /// It came back from the trash.
    synchronized void reopen() {
        removed = false;
    }

    synchronized long bytes() {
        return records.stream().mapToLong(record -> record.text().length + 40L).sum();
    }

    Subscription read(LogQuery query, LogConsumer consumer) {
        Reader reader = new Reader(query, consumer);
        reader.thread = Thread.ofVirtual().name("fake log").start(reader::run);
        return reader;
    }

    /// From now on until the end of the run that goes on, or of the next one.
    Subscription attach(Set<LogRecord.Stream> streams, OutputConsumer consumer) {
        Attached attached;
        synchronized (this) {
            attached = new Attached(streams, consumer, records.size(), running ? begun : begun + 1);
        }
        attached.thread = Thread.ofVirtual().name("fake output").start(attached::run);
        return attached;
    }

    private final class Attached implements Subscription {
        private final Set<LogRecord.Stream> streams;
        private final OutputConsumer consumer;
        private final int run;
        private volatile boolean closed;
        private volatile Thread thread = Thread.currentThread();
        private int next;

        Attached(Set<LogRecord.Stream> streams, OutputConsumer consumer, int next, int run) {
            this.streams = streams;
            this.consumer = consumer;
            this.next = next;
            this.run = run;
        }

        private void run() {
            try {
                for (List<LogRecord> more = take(); !more.isEmpty(); more = take()) {
                    for (LogRecord record : more) {
                        byte[] line = Arrays.copyOf(record.text(), record.text().length + 1);
                        line[line.length - 1] = '\n';
                        deliver(() -> consumer.output(record.stream(), line));
                    }
                }
                deliver(consumer::ended);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /// Empty when no more will come.
        private List<LogRecord> take() throws InterruptedException {
            synchronized (FakeLog.this) {
                while (true) {
                    List<LogRecord> more = records.subList(next, records.size()).stream()
                            .filter(record -> streams.contains(record.stream()))
                            .toList();
                    next = records.size();
                    if (!more.isEmpty() || removed || begun > run || (begun == run && !running)) {
                        return more;
                    }
                    FakeLog.this.wait();
                }
            }
        }

        private synchronized void deliver(Runnable call) {
            if (!closed) {
                call.run();
            }
        }

        @Override
        public void close() {
            closed = true;
            if (!Thread.currentThread().equals(thread)) {
                thread.interrupt();
                synchronized (this) {
                    // Entered when a delivery that had begun is over.
                    closed = true;
                }
            }
        }
    }

    private static boolean fits(LogQuery query, LogRecord record) {
        boolean stream = switch (record.stream()) {
            case STDOUT -> query.stdout();
            case STDERR -> query.stderr();
        };
        return stream
                && query.since().map(since -> !record.at().isBefore(since)).orElse(true)
                && query.until().map(until -> !record.at().isAfter(until)).orElse(true);
    }

    private final class Reader implements Subscription {
        private final LogQuery query;
        private final LogConsumer consumer;
        private volatile boolean closed;
        private volatile Thread thread = Thread.currentThread();
        private int next;

        Reader(LogQuery query, LogConsumer consumer) {
            this.query = query;
            this.consumer = consumer;
        }

        private void run() {
            try {
                deliver(present());
                while (query.follow() && !closed) {
                    List<LogRecord> more = awaitMore();
                    if (more.isEmpty()) {
                        break;
                    }
                    deliver(more);
                }
                synchronized (this) {
                    if (!closed) {
                        consumer.ended();
                    }
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private List<LogRecord> present() {
            synchronized (FakeLog.this) {
                List<LogRecord> fitting =
                        records.stream().filter(record -> fits(query, record)).toList();
                next = records.size();
                int from = Math.max(0, fitting.size() - query.tail().orElse(fitting.size()));
                return fitting.subList(from, fitting.size());
            }
        }

        /// Empty when no more will come.
        private List<LogRecord> awaitMore() throws InterruptedException {
            synchronized (FakeLog.this) {
                while (true) {
                    List<LogRecord> more = records.subList(next, records.size()).stream()
                            .filter(record -> fits(query, record))
                            .toList();
                    next = records.size();
                    if (!more.isEmpty() || removed || (query.untilExit() && everRan && !running)) {
                        return more;
                    }
                    FakeLog.this.wait();
                }
            }
        }

        private void deliver(List<LogRecord> batch) {
            for (int from = 0; from < batch.size(); from += BATCH) {
                List<LogRecord> part = List.copyOf(batch.subList(from, Math.min(batch.size(), from + BATCH)));
                synchronized (this) {
                    if (!closed) {
                        consumer.records(part);
                    }
                }
            }
        }

        @Override
        public void close() {
            closed = true;
            if (!Thread.currentThread().equals(thread)) {
                thread.interrupt();
                synchronized (this) {
                    // Entered when a delivery that had begun is over.
                    closed = true;
                }
            }
        }
    }
}
