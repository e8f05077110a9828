package io.darsena.engine.sync;

import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.sync.SyncReport;
import io.darsena.engine.event.EventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the report when it has changed: of many changes in a row the last, at most ten a second.
final class ReportTelling implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ReportTelling.class);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Supplier<SyncReport> report;
    private final EventSink events;
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("sync report").unstarted(this::tell);

    ReportTelling(Supplier<SyncReport> report, EventSink events) {
        this.report = report;
        this.events = events;
    }

    void begin() {
        thread.start();
    }

    void changed() {
        changes.release();
    }

    private void tell() {
        SyncReport told = SyncReport.EMPTY;
        try {
            while (true) {
                changes.acquire();
                changes.drainPermits();
                try {
                    SyncReport now = report.get();
                    if (!now.equals(told)) {
                        told = now;
                        events.emit(new EngineEvent.SyncChanged(now, Instant.now()));
                    }
                } catch (RuntimeException failure) {
                    LOG.warn("what is known of registries could not be told", failure);
                }
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
