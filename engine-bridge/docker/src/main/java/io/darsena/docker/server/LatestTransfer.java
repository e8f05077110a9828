package io.darsena.docker.server;

import io.darsena.bridge.registry.ImageTransfer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands the latest state of a pull or a push to whoever tells it, on a thread of its own: a client that reads
/// slowly, or is stopped, misses states between and holds up neither the engine nor others who want the same
/// layers. Its lock owns `latest` and `ended`.
final class LatestTransfer implements Consumer<ImageTransfer>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LatestTransfer.class);

    private final Consumer<ImageTransfer> teller;
    private final Thread thread;
    private @Nullable ImageTransfer latest;
    private boolean ended;

    private LatestTransfer(Consumer<ImageTransfer> teller) {
        this.teller = teller;
        this.thread = Thread.ofVirtual().name("transfer-lines").unstarted(this::run);
    }

    static LatestTransfer toldTo(Consumer<ImageTransfer> teller) {
        LatestTransfer transfer = new LatestTransfer(teller);
        transfer.thread.start();
        return transfer;
    }

    @Override
    public synchronized void accept(ImageTransfer transfer) {
        latest = transfer;
        notifyAll();
    }

    private void run() {
        try {
            for (ImageTransfer next = next(); next != null; next = next()) {
                teller.accept(next);
            }
        } catch (InterruptedException left) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failure) {
            LOG.error("cannot tell how far a transfer is", failure);
        }
    }

    private synchronized @Nullable ImageTransfer next() throws InterruptedException {
        while (latest == null && !ended) {
            wait();
        }
        ImageTransfer next = latest;
        latest = null;
        return next;
    }

    /// Returns when the last state is told; an interrupted thread does not wait for that.
    @Override
    public void close() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
