package io.darsena.docker.client;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.error.EngineException;
import io.darsena.docker.http.HttpAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A subscription that reads a stream of the engine's on a virtual thread of its own, and connects anew, once a second,
/// when the stream breaks. `delivery` is held while the subscriber is called, so that `close` can wait for the end of a
/// call.
abstract class Feed implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ReentrantLock delivery = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<@Nullable HttpAnswer> stream = new AtomicReference<>();
    private Optional<HttpAnswer> ready = Optional.empty();
    private volatile Runnable ended = () -> {};

    /// Asks for the stream, from where the last one broke off.
    protected abstract HttpAnswer open() throws IOException;

    /// Delivers what the stream holds. Returns when nothing more is to come.
    protected abstract void follow(HttpAnswer answer) throws IOException;

    /// The stream broke, or could not be opened. Says whether to try again.
    protected abstract boolean triesAgainAfter(Exception lost);

    /// Gives the stream that is open already; before [#begin].
    final void ready(HttpAnswer answer) {
        ready = Optional.of(answer);
    }

    private HttpAnswer next() throws IOException {
        HttpAnswer answer = ready.isPresent() ? ready.get() : open();
        ready = Optional.empty();
        return answer;
    }

    /// @param whenEnded runs when it follows no more
    final void begin(Runnable whenEnded) {
        ended = whenEnded;
        Thread.ofVirtual().name("darsena-feed").start(this::run);
    }

    private void run() {
        boolean more = true;
        while (more && !isClosed()) {
            more = once() && paused();
        }
        ended.run();
    }

    /// Says whether to go on.
    private boolean once() {
        try (HttpAnswer answer = next()) {
            stream.set(answer);
            if (!isClosed()) {
                follow(answer);
            }
            return false;
        } catch (IOException | EngineException | IllegalArgumentException lost) {
            return !isClosed() && triesAgainAfter(lost);
        } finally {
            stream.set(null);
        }
    }

    private boolean paused() {
        try {
            return !closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    final boolean isClosed() {
        return closed.getCount() == 0;
    }

    /// Calls the subscriber unless this is closed. Its failure is its own.
    final void deliver(Runnable call) {
        delivery.lock();
        try {
            if (!isClosed()) {
                call.run();
            }
        } catch (RuntimeException failure) {
            LOG.error("a subscriber failed", failure);
        } finally {
            delivery.unlock();
        }
    }

    @Override
    public final void close() {
        closed.countDown();
        HttpAnswer open = stream.get();
        if (open != null) {
            try {
                open.close();
            } catch (IOException failure) {
                LOG.debug("closing a stream failed: {}", failure.getMessage());
            }
        }
        if (!delivery.isHeldByCurrentThread()) {
            delivery.lock();
            delivery.unlock();
        }
    }
}
