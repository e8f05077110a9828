package io.darsena.engine.image;

import io.darsena.bridge.image.TransferProgress;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Turns the many small steps of an import into a few reports. Safe for use by several threads; one report at a time.
final class ProgressMeter {

    private static final long INTERVAL_NANOS = 100_000_000;

    private final Consumer<? super TransferProgress> listener;
    private final String subject;
    private String stage = "";
    private long done;
    private long total;
    private long toldAt;

    ProgressMeter(String subject, Consumer<? super TransferProgress> listener) {
        this.subject = subject;
        this.listener = listener;
    }

    /// Begins a stage; it is told at once.
    ///
    /// @param total bytes; 0 when it has none
    synchronized void begin(String stage, long total) {
        this.stage = stage;
        this.total = total;
        done = 0;
        tell();
    }

    synchronized void add(long bytes) {
        done = Math.min(total, done + bytes);
        if (System.nanoTime() - toldAt >= INTERVAL_NANOS) {
            tell();
        }
    }

    /// Counts one half of what is added: for bytes that are handled twice.
    LongConsumer half() {
        return new LongConsumer() {
            private long odd;

            @Override
            public void accept(long bytes) {
                long sum = bytes + odd;
                odd = sum % 2;
                add(sum / 2);
            }
        };
    }

    private void tell() {
        toldAt = System.nanoTime();
        OptionalLong known = total > 0 ? OptionalLong.of(total) : OptionalLong.empty();
        listener.accept(new TransferProgress(stage, subject, done, known));
    }
}
