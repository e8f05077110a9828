package io.darsena.engine.container;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes ready in the background what the first start would have to wait for, once the window has had time to open.
final class FirstStart implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    private static final long DELAY_MILLIS = 500;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /// @param preparation whatever it fails of is tried, and told, again by the first start
    FirstStart(Runnable preparation) {
        this.thread = Thread.ofVirtual().name("first start").start(() -> {
            try {
                if (!closing.await(DELAY_MILLIS, TimeUnit.MILLISECONDS)) {
                    preparation.run();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException failure) {
                LOG.debug("the first start could not be prepared", failure);
            }
        });
    }

    /// Returns when nothing more is written.
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
