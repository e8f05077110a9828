package io.darsena.docker.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes connections whose request is not begun in earnest: its head takes too long.
final class HeadLimit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeadLimit.class);

    private final Duration most;
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
            1, Thread.ofVirtual().name("http-limit").factory());

    HeadLimit(Duration most) {
        this.most = most;
        clock.setRemoveOnCancelPolicy(true);
    }

    @FunctionalInterface
    interface Reading<T> {
        T read() throws IOException;
    }

    /// Reads, and closes the connection under it when that takes too long.
    <T> T within(SocketChannel connection, Reading<T> reading) throws IOException {
        ScheduledFuture<?> end = schedule(connection);
        try {
            return reading.read();
        } finally {
            end.cancel(false);
        }
    }

    private ScheduledFuture<?> schedule(SocketChannel connection) throws IOException {
        try {
            return clock.schedule(() -> close(connection), most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            throw new IOException("the server has ended", closed);
        }
    }

    private static void close(SocketChannel connection) {
        LOG.debug("a request's head took too long");
        IdleConnections.close(connection);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
