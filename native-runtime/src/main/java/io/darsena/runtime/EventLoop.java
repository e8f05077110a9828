package io.darsena.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that reads every connection of a runtime: the host's and the monitors'. What it calls must not block.
///
/// Channels are non-blocking, because an interrupted thread would close a blocking one for everybody.
final class EventLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    EventLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a selector", e);
        }
        thread = Thread.ofPlatform().name("darsena-runtime-events").daemon().start(this::run);
    }

    /// Runs the task on the loop's thread; after `close`, on this one.
    void execute(Runnable task) {
        tasks.add(task);
        if (thread.isAlive()) {
            selector.wakeup();
        } else {
            runTasks();
        }
    }

    /// Calls `readable` on the loop's thread whenever the channel can be read, until the channel is closed.
    void watch(SelectableChannel channel, Runnable readable) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, readable);
        if (!isOwnThread()) {
            selector.wakeup();
        }
    }

    /// Ends the thread. Channels stay as they are: they are their owners' to close.
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        if (isOwnThread()) {
            return;
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector) {
            while (!closed) {
                runTasks();
                selector.select(key -> call((Runnable) key.attachment()));
            }
        } catch (IOException e) {
            LOG.error("darsena-runtime's connections can no longer be read", e);
        }
        runTasks();
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            call(task);
        }
    }

    private boolean isOwnThread() {
        return Thread.currentThread().threadId() == thread.threadId();
    }

    private static void call(Runnable task) {
        try {
            task.run();
        } catch (CancelledKeyException e) {
            LOG.debug("a connection was closed while it was read", e);
        } catch (RuntimeException e) {
            LOG.error("a task of the runtime's event loop failed", e);
        }
    }
}
