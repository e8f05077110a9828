package io.darsena.engine.metrics;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private boolean sampling;

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
        if (!sampling) {
            sampling = true;
            Thread.ofVirtual().name("metrics").start(this::run);
        }
        subscriber.begin();
        return subscriber;
    }

    private void run() {
        Sampler sampler = new Sampler(source);
        long due = System.nanoTime();
        try {
            while (goesOn()) {
                take(sampler);
                due += periodNanos;
                long left = due - System.nanoTime();
                if (left <= 0) {
                    due = System.nanoTime();
                } else {
                    Thread.sleep(Duration.ofNanos(left));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Sampler sampler) {
        try {
            List<ContainerMetrics> samples = List.copyOf(sampler.sample());
            synchronized (this) {
                last = samples;
                subscribers.forEach(subscriber -> subscriber.offer(samples));
            }
        } catch (RuntimeException failure) {
            LOG.warn("a second of metrics is missing", failure);
        }
    }

    private synchronized boolean goesOn() {
        sampling = !subscribers.isEmpty();
        if (!sampling) {
            last = null;
        }
        return sampling;
    }

    synchronized void forget(MetricsSubscriber subscriber) {
        subscribers.remove(subscriber);
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
