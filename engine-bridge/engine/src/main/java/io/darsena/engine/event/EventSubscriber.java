package io.darsena.engine.event;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.event.EngineEvent;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One subscriber: a bounded queue, and a virtual thread that empties it. `lock` guards `queue` and `behind` (a
/// monitor's
/// `notify` would wake a virtual thread by way of one thread of the JVM's, which takes ten times as long); `delivery`
/// is
/// held while the consumer is called, so that `close` can wait for the end of a call.
final class EventSubscriber implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(EventSubscriber.class);

    private final EventHub hub;
    private final Consumer<? super EngineEvent> consumer;
    private final Queue<EngineEvent> queue = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ReentrantLock delivery = new ReentrantLock();
    private boolean behind;
    private volatile boolean closed;

    EventSubscriber(EventHub hub, Consumer<? super EngineEvent> consumer) {
        this.hub = hub;
        this.consumer = consumer;
    }

    void begin() {
        Thread.ofVirtual().name("events").start(this::run);
    }

    void offer(EngineEvent event) {
        lock.lock();
        try {
            if (behind) {
                return;
            }
            if (queue.size() >= EventHub.LONGEST_QUEUE) {
                queue.clear();
                behind = true;
            } else {
                queue.add(event);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void restart(EngineEvent.Snapshot snapshot) {
        lock.lock();
        try {
            queue.clear();
            queue.add(snapshot);
            behind = false;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!closed) {
                EngineEvent event = take();
                if (event == null) {
                    hub.catchUp(this);
                } else {
                    deliver(event);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Null when it has fallen behind.
    private @Nullable EngineEvent take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queue.isEmpty() && !behind && !closed) {
                changed.await();
            }
            return queue.poll();
        } finally {
            lock.unlock();
        }
    }

    private void deliver(EngineEvent event) {
        delivery.lock();
        try {
            if (!closed) {
                consumer.accept(event);
            }
        } catch (RuntimeException failure) {
            LOG.error("a subscriber failed on {}", event.getClass().getSimpleName(), failure);
        } finally {
            delivery.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        hub.forget(this);
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!delivery.isHeldByCurrentThread()) {
            delivery.lock();
            delivery.unlock();
        }
    }
}
