package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import io.darsena.runtime.protocol.FrameDecoder;
import io.darsena.runtime.protocol.MalformedFrameException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection on which any thread asks, and answers come in any order, told apart by `seq`; notices come between.
///
/// Written by the asking thread itself, read by the event loop. `ended` is called there once, whoever closed it.
final class Conversation implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);
    private static final long WRITE_RETRY_NANOS = 100_000;

    private final String peer;
    private final SocketChannel channel;
    private final FrameDecoder decoder;
    private final Consumer<Frame> notices;
    private final Consumer<RuntimeException> ended;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<Long, Answer> waiting = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final EventLoop loop;

    /// Set once, under `writing`: why nothing can be asked any more. What the peer said may still have to be read.
    private volatile @Nullable RuntimeException over;

    /// Set once, under `writing`, not before `over`: nothing is read any more.
    private volatile boolean closed;

    /// @param decoder with what has been received of this channel already
    Conversation(
            String peer,
            SocketChannel channel,
            FrameDecoder decoder,
            EventLoop loop,
            Consumer<Frame> notices,
            Consumer<RuntimeException> ended) {
        this.peer = peer;
        this.channel = channel;
        this.decoder = decoder;
        this.loop = loop;
        this.notices = notices;
        this.ended = ended;
    }

    /// Begins to read. Frames already received are handed out first, in order, on the loop's thread.
    void begin() throws IOException {
        channel.configureBlocking(false);
        loop.execute(() -> {
            if (handOut()) {
                try {
                    loop.watch(channel, this::readable);
                } catch (IOException e) {
                    end(e);
                }
            }
        });
    }

    /// Sends the request and waits for its `ok` or `error`.
    Frame ask(Frame.Builder request, String purpose, Duration limit) {
        long number = sequence.incrementAndGet();
        ByteBuffer bytes = request.with("seq", number).build().encode();
        var answer = new Answer();
        waiting.put(number, answer);
        try {
            write(bytes, purpose);
            return answer.await(purpose, limit);
        } finally {
            waiting.remove(number);
        }
    }

    /// Whether nothing can be asked any more.
    boolean isOver() {
        return over != null;
    }

    @Override
    public void close() {
        end(new IOException("the connection was closed on this side"));
    }

    private void write(ByteBuffer bytes, String purpose) {
        writing.lock();
        try {
            RuntimeException cause = over;
            if (cause != null) {
                throw new RuntimeUnavailableException(purpose + ": " + cause.getMessage(), cause);
            }
            long deadline = System.nanoTime() + WRITE_LIMIT.toNanos();
            while (bytes.hasRemaining()) {
                if (channel.write(bytes) == 0) {
                    if (System.nanoTime() - deadline > 0) {
                        throw new IOException("it has read nothing for " + WRITE_LIMIT.toSeconds() + " s");
                    }
                    LockSupport.parkNanos(WRITE_RETRY_NANOS);
                }
            }
        } catch (IOException e) {
            over = noConnection(e);
            loop.execute(() -> endAfterReading(e));
            throw new RuntimeUnavailableException(purpose + ": cannot write to " + peer + ": " + e.getMessage(), e);
        } finally {
            writing.unlock();
        }
    }

    /// A peer that no longer listens may have said why, as a monitor does that has told of its end.
    private void endAfterReading(IOException cause) {
        try {
            while (!closed && decoder.readFrom(channel) > 0) {
                handOut();
            }
        } catch (IOException e) {
            LOG.debug("{} said no more: {}", peer, e.getMessage());
        }
        end(cause);
    }

    private void readable() {
        try {
            int count = decoder.readFrom(channel);
            if (count < 0) {
                end(new IOException(decoder.isInsideFrame() ? "it ended inside a frame" : "it ended"));
            } else {
                handOut();
            }
        } catch (IOException e) {
            end(e);
        }
    }

    /// @return false when nothing is read any more
    private boolean handOut() {
        try {
            for (Optional<Frame> frame = decoder.next(); frame.isPresent(); frame = decoder.next()) {
                handOut(frame.get());
            }
        } catch (MalformedFrameException e) {
            end(e);
        }
        return !closed;
    }

    private void handOut(Frame frame) {
        if (frame.value("seq").isEmpty()) {
            notices.accept(frame);
            return;
        }
        Answer answer = waiting.get(frame.number("seq"));
        if (answer != null) {
            answer.complete(frame);
        }
    }

    private void end(Exception cause) {
        RuntimeException reason;
        writing.lock();
        try {
            if (closed) {
                return;
            }
            RuntimeException first = over;
            reason = first == null ? noConnection(cause) : first;
            over = reason;
            closed = true;
        } finally {
            writing.unlock();
        }
        closeQuietly(channel);
        waiting.values().forEach(answer -> answer.fail(reason));
        loop.execute(() -> ended.accept(reason));
    }

    private RuntimeUnavailableException noConnection(Exception cause) {
        return new RuntimeUnavailableException("no connection with " + peer + ": " + cause.getMessage(), cause);
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("cannot close a socket", e);
        }
    }
}
