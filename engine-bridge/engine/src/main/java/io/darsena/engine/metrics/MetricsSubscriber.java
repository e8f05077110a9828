package io.darsena.engine.metrics;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerMetrics;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One listener: the newest sample it has not heard, and a virtual thread that tells it. `this` guards the sample,
/// `delivery` is held while the listener is called.
final class MetricsSubscriber implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsSubscriber.class);

    private final MetricsFeed feed;
    private final Consumer<? super List<ContainerMetrics>> consumer;
    private final ReentrantLock delivery = new ReentrantLock();
    private @Nullable List<ContainerMetrics> waiting;
    private volatile boolean closed;

    MetricsSubscriber(MetricsFeed feed, Consumer<? super List<ContainerMetrics>> consumer) {
        this.feed = feed;
        this.consumer = consumer;
    }

    void begin() {
        Thread.ofVirtual().name("metrics listener").start(this::run);
    }

    synchronized void offer(List<ContainerMetrics> samples) {
        waiting = samples;
        notifyAll();
    }

    private void run() {
        try {
            while (!closed) {
                List<ContainerMetrics> samples = take();
                if (samples != null) {
                    deliver(samples);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable List<ContainerMetrics> take() throws InterruptedException {
        while (waiting == null && !closed) {
            wait();
        }
        List<ContainerMetrics> samples = waiting;
        waiting = null;
        return samples;
    }

    private void deliver(List<ContainerMetrics> samples) {
        delivery.lock();
        try {
            if (!closed) {
                consumer.accept(samples);
            }
        } catch (RuntimeException failure) {
            LOG.error("a listener to metrics failed", failure);
        } finally {
            delivery.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        feed.forget(this);
        synchronized (this) {
            notifyAll();
        }
        if (!delivery.isHeldByCurrentThread()) {
            delivery.lock();
            delivery.unlock();
        }
    }
}
