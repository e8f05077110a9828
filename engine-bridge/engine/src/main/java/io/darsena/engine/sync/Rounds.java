package io.darsena.engine.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that does what is due and sleeps until something is. It looks at the clock every few
/// minutes at the latest: a machine that was suspended does not know how long it slept. `lock` guards
/// `woken`.
final class Rounds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(5);

    private final Clock clock;
    private final Supplier<Instant> work;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private boolean woken;
    private volatile boolean closed;

    /// @param work does what is due, and tells when something will be
    Rounds(String name, Clock clock, Supplier<Instant> work) {
        this.clock = clock;
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void begin() {
        thread.start();
    }

    /// Lets it look at once, or as soon as it is done with what it does.
    void wake() {
        lock.lock();
        try {
            woken = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!closed) {
                sleepUntil(round());
            }
        } catch (InterruptedException | CancellationException end) {
            LOG.debug("{} ends", thread.getName());
        }
    }

    private Instant round() {
        try {
            return work.get();
        } catch (CancellationException cancelled) {
            throw cancelled;
        } catch (RuntimeException failure) {
            LOG.warn("{} failed, and goes on later", thread.getName(), failure);
            return clock.instant().plus(LONGEST_SLEEP);
        }
    }

    private void sleepUntil(Instant next) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Duration left = Duration.between(clock.instant(), next);
            long nanos = left.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP.toNanos() : left.toNanos();
            while (!woken && !closed && nanos > 0) {
                nanos = wake.awaitNanos(nanos);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    /// Breaks off what it does, and waits for the end.
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
