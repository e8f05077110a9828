package io.darsena.engine.container;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.LogRecord.Stream;
import io.darsena.bridge.container.OutputConsumer;
import io.darsena.runtime.Sandbox;
import io.darsena.runtime.SandboxOutput;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One who is attached to a container's output, or waits for its next run. `delivery` is held while the consumer is
/// called; `this` guards what it is connected to.
final class Attachment implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);

    /// As long as a person looks at one page of a pager; a container that nobody reads goes on then.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Set<Stream> streams;
    private final OutputConsumer consumer;
    private final Consumer<? super Attachment> released;
    private final ReentrantLock delivery = new ReentrantLock();
    private Optional<SandboxOutput> output = Optional.empty();
    private volatile boolean closed;

    /// @param released told when it needs no more care
    Attachment(Set<Stream> streams, OutputConsumer consumer, Consumer<? super Attachment> released) {
        this.streams = Set.copyOf(streams);
        this.consumer = consumer;
        this.released = released;
    }

    void begin(Sandbox sandbox) {
        Thread.ofVirtual().name("attached").start(() -> run(sandbox));
    }

    /// There will be nothing.
    void end() {
        Thread.ofVirtual().name("attached").start(() -> deliver(consumer::ended));
    }

    private void run(Sandbox sandbox) {
        try {
            Optional<SandboxOutput> found =
                    sandbox.attach(streams.contains(Stream.STDOUT), streams.contains(Stream.STDERR), PATIENCE);
            if (found.isPresent() && keep(found.get())) {
                copy(found.get());
            }
            deliver(consumer::ended);
        } catch (RuntimeException failure) {
            LOG.debug("an attachment broke off", failure);
            deliver(() -> consumer.failed(failure));
        } finally {
            close();
        }
    }

    private synchronized boolean keep(SandboxOutput found) {
        if (closed) {
            found.close();
        } else {
            output = Optional.of(found);
        }
        return !closed;
    }

    private void copy(SandboxOutput source) {
        for (Optional<SandboxOutput.Chunk> chunk = source.next(); chunk.isPresent(); chunk = source.next()) {
            SandboxOutput.Chunk next = chunk.get();
            deliver(() -> consumer.output(next.errors() ? Stream.STDERR : Stream.STDOUT, next.bytes()));
        }
    }

    private void deliver(Runnable call) {
        delivery.lock();
        try {
            if (!closed) {
                call.run();
            }
        } finally {
            delivery.unlock();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            output.ifPresent(SandboxOutput::close);
        }
        released.accept(this);
        if (!delivery.isHeldByCurrentThread()) {
            delivery.lock();
            delivery.unlock();
        }
    }
}
