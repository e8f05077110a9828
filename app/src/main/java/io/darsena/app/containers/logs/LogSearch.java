package io.darsena.app.containers.logs;

import java.util.concurrent.atomic.AtomicInteger;

/// One search through a log: what is there first, then what comes, on a thread of its own that is there while there is
/// something to search. `told` is called there each time that some of the log has been searched.
final class LogSearch implements AutoCloseable {

    private final KeptLines lines;
    private final Needle needle;
    private final LogStreams streams;
    private final Runnable told;
    private final LogHits hits = new LogHits();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean closed;
    private long reached;

    LogSearch(KeptLines lines, Needle needle, LogStreams streams, Runnable told) {
        this.lines = lines;
        this.needle = needle;
        this.streams = streams;
        this.told = told;
    }

    /// Goes on with what has come since. Does not wait.
    void goOn() {
        if (asked.getAndIncrement() == 0) {
            Thread.ofVirtual().name("darsena-log-search").start(this::run);
        }
    }

    private void run() {
        int answered = 0;
        do {
            answered = asked.get();
            long first = lines.first(streams);
            hits.dropBefore(first);
            reached = lines.search(needle, streams, Math.max(reached, first), () -> closed, hits::add);
            told.run();
        } while (!closed && !asked.compareAndSet(answered, 0));
    }

    LogHits hits() {
        return hits;
    }

    Needle needle() {
        return needle;
    }

    @Override
    public void close() {
        closed = true;
    }
}
