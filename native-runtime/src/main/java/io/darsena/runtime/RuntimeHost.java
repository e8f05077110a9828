package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import io.darsena.runtime.protocol.FrameDecoder;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The host as its users see it: always there. One that died is started anew by the next request.
final class RuntimeHost implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeHost.class);
    private static final Duration HELLO_LIMIT = Duration.ofSeconds(10);
    private static final long[] PAUSES_BEFORE_RETRY_MILLIS = {50, 250};

    /// Makes a host that is ready to be connected to. A test puts a scripted one here.
    interface Launcher {
        Launched launch();
    }

    /// A host that listens.
    interface Launched extends AutoCloseable {
        Path socket();

        @Override
        void close();
    }

    private record Connected(Launched process, Conversation conversation, Frame greeting) {}

    private final Launcher launcher;
    private final EventLoop loop;
    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable Connected current;
    private volatile boolean closed;

    RuntimeHost(Launcher launcher, EventLoop loop) {
        this.launcher = launcher;
        this.loop = loop;
    }

    /// The answer to `hello` of the host that runs now.
    Frame greeting() {
        return connected().greeting();
    }

    /// Asks once. The answer may be `error`.
    ///
    /// @throws RuntimeUnavailableException when no answer came: whether the request was carried out is not known
    Frame ask(Frame.Builder request, String purpose, Duration limit) {
        return connected().conversation().ask(request, purpose, limit);
    }

    /// Asks, and once more if the host died over it: for what may be done twice.
    Frame askRepeatably(Supplier<Frame.Builder> request, String purpose, Duration limit) {
        Connected asked = connected();
        try {
            return asked.conversation().ask(request.get(), purpose, limit);
        } catch (RuntimeUnavailableException e) {
            if (!asked.conversation().isOver() || closed) {
                throw e;
            }
            LOG.warn("{}: darsena-runtime ended over it; trying once more", purpose);
            return ask(request.get(), purpose, limit);
        }
    }

    @Override
    public void close() {
        closed = true;
        starting.lock();
        try {
            Connected last = current;
            if (last != null) {
                release(last);
                current = null;
            }
        } finally {
            starting.unlock();
        }
    }

    private Connected connected() {
        Connected alive = current;
        if (alive != null && !alive.conversation().isOver()) {
            return alive;
        }
        starting.lock();
        try {
            alive = current;
            if (alive == null || alive.conversation().isOver()) {
                if (alive != null) {
                    release(alive);
                    current = null;
                }
                alive = startWithRetries();
                current = alive;
            }
            return alive;
        } finally {
            starting.unlock();
        }
    }

    private Connected startWithRetries() {
        for (int attempt = 0; ; attempt++) {
            if (closed) {
                throw new RuntimeUnavailableException("the runtime was closed");
            }
            try {
                return connect(launcher.launch());
            } catch (RuntimeUnavailableException e) {
                if (attempt == PAUSES_BEFORE_RETRY_MILLIS.length || !pause(PAUSES_BEFORE_RETRY_MILLIS[attempt])) {
                    throw e;
                }
                LOG.warn("{}; trying again", e.getMessage());
            }
        }
    }

    private Connected connect(Launched process) {
        Conversation conversation = null;
        try {
            SocketChannel channel = UnixSocket.connect(process.socket());
            conversation = new Conversation(
                    "darsena-runtime",
                    channel,
                    new FrameDecoder(),
                    loop,
                    notice -> LOG.debug("darsena-runtime says {}", notice),
                    reason -> LOG.debug("{}", reason.getMessage()));
            conversation.begin();
            Frame answer = conversation.ask(Frame.named("hello").with("version", 1), "greet", HELLO_LIMIT);
            if (!answer.name().equals("ok")) {
                throw new RuntimeUnavailableException(Failures.of(answer).sentence());
            }
            return new Connected(process, conversation, answer);
        } catch (IOException | RuntimeException e) {
            if (conversation != null) {
                conversation.close();
            }
            process.close();
            throw e instanceof RuntimeUnavailableException unavailable
                    ? unavailable
                    : new RuntimeUnavailableException("cannot reach darsena-runtime: " + e.getMessage(), e);
        }
    }

    private static void release(Connected connected) {
        connected.conversation().close();
        connected.process().close();
    }

    private static boolean pause(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
