package io.darsena.engine.registry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A body as a stream that waits for its next bytes only so long. What has come and is not yet read is one
/// delivery at most, whatever the body's size. Read and closed by one thread; delivered to by another.
final class BodyStream extends InputStream implements BodySubscriber<InputStream> {

    /// A delivery, or the end, with the failure if it is one.
    private record Delivery(
            List<ByteBuffer> bytes,
            boolean isLast,
            @Nullable Throwable failure) {}

    private final Duration stall;
    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final Deque<ByteBuffer> ready = new ArrayDeque<>();
    private boolean ended;
    private volatile boolean closed;

    BodyStream(Duration stall) {
        this.stall = stall;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription.complete(given);
        if (closed) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        deliveries.add(new Delivery(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        deliveries.add(new Delivery(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        deliveries.add(new Delivery(List.of(), true, null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (ready.isEmpty()) {
            if (ended) {
                return -1;
            }
            await();
        }
        ByteBuffer first = ready.peek();
        int count = Math.min(length, first.remaining());
        first.get(buffer, offset, count);
        if (!first.hasRemaining()) {
            ready.remove();
            if (ready.isEmpty()) {
                subscription.join().request(1);
            }
        }
        return count;
    }

    private void await() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        Delivery delivery = next();
        if (delivery.failure() != null) {
            throw new IOException("the connection broke: " + delivery.failure().getMessage(), delivery.failure());
        }
        ended = delivery.isLast();
        delivery.bytes().stream().filter(ByteBuffer::hasRemaining).forEach(ready::add);
        if (ready.isEmpty() && !ended) {
            subscription.join().request(1);
        }
    }

    private Delivery next() throws IOException {
        try {
            Delivery delivery = deliveries.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
            if (delivery == null) {
                close();
                throw new HttpTimeoutException("no byte came for " + stall.toMillis() / 1000.0 + " s");
            }
            return delivery;
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /// A connection with bytes still to come is given up.
    @Override
    public void close() {
        closed = true;
        subscription.thenAccept(Flow.Subscription::cancel);
    }
}
