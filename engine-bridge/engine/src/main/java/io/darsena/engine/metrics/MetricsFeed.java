package io.darsena.engine.metrics;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Samples once a second as long as somebody listens, and hands the newest sample to each; a slow listener misses
/// some and delays nobody. `this` guards the fields.
public final class MetricsFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsFeed.class);

    private final UsageSource source;
    private final long periodNanos;
    private final List<MetricsSubscriber> subscribers = new ArrayList<>();
    private @Nullable List<ContainerMetrics> last;

    /// Stands for the thread that samples now; null when nobody listens.
    private @Nullable Object sampling;

    public MetricsFeed(UsageSource source, Duration period) {
        this.source = source;
        this.periodNanos = period.toNanos();
    }

    public synchronized Subscription subscribe(Consumer<? super List<ContainerMetrics>> consumer) {
        MetricsSubscriber subscriber = new MetricsSubscriber(this, consumer);
        subscribers.add(subscriber);
        List<ContainerMetrics> present = last;
        if (present != null) {
            subscriber.offer(present);
        }
        if (sampling == null) {
            Object round = new Object();
            sampling = round;
            Thread.ofVirtual().name("metrics").start(() -> run(round));
        }
        subscriber.begin();
        return subscriber;
    }

    private void run(Object round) {
        Sampler sampler = new Sampler(source);
        long due = System.nanoTime();
        try {
            do {
                take(sampler, round);
                due = Math.max(due + periodNanos, System.nanoTime());
            } while (goesOn(round, due));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the next second; false as soon as nobody listens any more.
    private synchronized boolean goesOn(Object round, long due) throws InterruptedException {
        while (round.equals(sampling)) {
            long left = due - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return false;
    }

    private void take(Sampler sampler, Object round) {
        try {
            List<ContainerMetrics> samples = List.copyOf(sampler.sample());
            synchronized (this) {
                if (round.equals(sampling)) {
                    last = samples;
                    subscribers.forEach(subscriber -> subscriber.offer(samples));
                }
            }
        } catch (RuntimeException failure) {
            LOG.warn("a second of metrics is missing", failure);
        }
    }

    synchronized void forget(MetricsSubscriber subscriber) {
        subscribers.remove(subscriber);
        if (subscribers.isEmpty()) {
            sampling = null;
            last = null;
            notifyAll();
        }
    }

    @Override
    public void close() {
        List<MetricsSubscriber> present;
        synchronized (this) {
            present = List.copyOf(subscribers);
        }
        present.forEach(MetricsSubscriber::close);
    }
}
