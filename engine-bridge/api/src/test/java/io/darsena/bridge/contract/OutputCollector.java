package io.darsena.bridge.contract;

import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.container.OutputConsumer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Takes a container's output and lets a test wait for its end.
public final class OutputCollector implements OutputConsumer {

    private static final Duration PATIENCE = Patience.ofSeconds(20);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public synchronized void output(LogRecord.Stream stream, byte[] bytes) {
        (stream == LogRecord.Stream.STDOUT ? out : err).writeBytes(bytes);
    }

    @Override
    public void ended() {
        ended.countDown();
    }

    public OutputCollector awaitEnd() {
        try {
            if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the output did not end; there is " + out());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
        return this;
    }

    public synchronized String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public synchronized String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
