package io.darsena.bridge.fake;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.event.EngineEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Hands events to subscribers, each on a virtual thread of its own.
final class FakeHub {

    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    /// @param change done under the hub's lock, so that no snapshot is taken between it and its event
    synchronized void publish(Supplier<? extends EngineEvent> change) {
        EngineEvent event = change.get();
        subscribers.forEach(subscriber -> subscriber.queue.add(event));
    }

    /// As [#publish], when there is something to tell.
    synchronized void publishIfNews(Supplier<? extends Optional<? extends EngineEvent>> change) {
        change.get().ifPresent(event -> subscribers.forEach(subscriber -> subscriber.queue.add(event)));
    }

    synchronized Subscription subscribe(
            Consumer<? super EngineEvent> consumer, Supplier<EngineEvent.Snapshot> snapshot) {
        Subscriber subscriber = new Subscriber(consumer);
        subscriber.queue.add(snapshot.get());
        subscribers.add(subscriber);
        subscriber.thread = Thread.ofVirtual().name("fake events").start(subscriber::run);
        return subscriber;
    }

    private final class Subscriber implements Subscription {
        private final Consumer<? super EngineEvent> consumer;
        private final BlockingQueue<EngineEvent> queue = new LinkedBlockingQueue<>();
        private volatile boolean closed;
        private volatile Thread thread = Thread.currentThread();

        Subscriber(Consumer<? super EngineEvent> consumer) {
            this.consumer = consumer;
        }

        private void run() {
            try {
                while (!closed) {
                    EngineEvent event = queue.take();
                    synchronized (this) {
                        if (!closed) {
                            consumer.accept(event);
                        }
                    }
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            closed = true;
            subscribers.remove(this);
            if (!Thread.currentThread().equals(thread)) {
                thread.interrupt();
                synchronized (this) {
                    queue.clear();
                }
            }
        }
    }
}
