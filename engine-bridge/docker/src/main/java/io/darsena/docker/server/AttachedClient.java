package io.darsena.docker.server;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.container.OutputConsumer;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.StreamFrame;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A client that is attached to a container: it gets every byte, and as long as it does not read, the container waits.
/// `this` guards writing.
final class AttachedClient implements OutputConsumer {

    private static final long PROBE_SECONDS = 10;

    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile OutputStream out = OutputStream.nullOutputStream();
    private volatile Optional<IOException> failure = Optional.empty();

    private AttachedClient() {}

    /// Blocks until the container's run has ended or the client has gone. When the client hears that its request was
    /// accepted it is attached: a start that it asks for then is seen from the first byte on.
    static void serve(
            HttpExchange exchange,
            String contentType,
            Containers containers,
            ContainerId id,
            Set<LogRecord.Stream> streams)
            throws IOException {
        AttachedClient client = new AttachedClient();
        exchange.whenClientLeaves(client::probe);
        try (Subscription attached = containers.attach(id, streams, client)) {
            client.out = exchange.takeOver(contentType).out();
            client.answered.countDown();
            client.ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            client.answered.countDown();
        }
        if (client.failure.isPresent()) {
            throw client.failure.get();
        }
    }

    @Override
    public void output(LogRecord.Stream stream, byte[] bytes) {
        try {
            answered.await();
            send(StreamFrame.of(stream, bytes));
        } catch (IOException gone) {
            fail(gone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void send(byte[] frame) throws IOException {
        out.write(frame);
        out.flush();
    }

    private void fail(IOException cause) {
        failure = Optional.of(cause);
        ended.countDown();
    }

    /// The client sends no more, but may still receive, as `docker` does: empty frames tell, which clients pass over.
    private void probe() {
        try {
            answered.await();
            do {
                send(StreamFrame.empty());
            } while (!ended.await(PROBE_SECONDS, TimeUnit.SECONDS));
        } catch (IOException gone) {
            fail(gone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void ended() {
        ended.countDown();
    }

    @Override
    public void failed(RuntimeException cause) {
        fail(new IOException(cause.getMessage(), cause));
    }
}
