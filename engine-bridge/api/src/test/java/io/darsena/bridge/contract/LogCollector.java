package io.darsena.bridge.contract;

import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Takes a log and lets a test wait for its end, or for a line.
public final class LogCollector implements LogConsumer {

    private static final Duration PATIENCE = Patience.ofSeconds(20);

    private final List<LogRecord> records = new ArrayList<>();
    private boolean ended;

    @Override
    public synchronized void records(List<LogRecord> batch) {
        records.addAll(batch);
        notifyAll();
    }

    @Override
    public synchronized void ended() {
        ended = true;
        notifyAll();
    }

    public synchronized List<String> lines() {
        return records.stream().map(LogRecord::line).toList();
    }

    public synchronized List<LogRecord> all() {
        return List.copyOf(records);
    }

    public synchronized List<String> awaitEnd() {
        await(() -> ended, "the end");
        return lines();
    }

    public synchronized void awaitLine(String line) {
        await(() -> records.stream().anyMatch(record -> record.line().equals(line)), "line '" + line + "'");
    }

    private void await(java.util.function.BooleanSupplier wanted, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!wanted.getAsBoolean()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(what + " did not come within " + PATIENCE + "; there is " + lines());
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", interrupted);
            }
        }
    }
}
