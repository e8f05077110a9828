package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import io.darsena.runtime.protocol.FrameDecoder;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A server on a Unix socket that plays a script to each client: stands in for the host, a monitor, an extractor.
final class ScriptedPeer implements RuntimeHost.Launched {

    /// Played on a thread of its own; the connection is closed when it returns or throws.
    interface Script {
        void play(Talk talk) throws IOException;
    }

    private final Path socket;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger clients = new AtomicInteger();

    ScriptedPeer(Path socket, Script script) {
        this.socket = socket;
        try {
            Files.deleteIfExists(socket);
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(() -> serve(script));
    }

    @Override
    public Path socket() {
        return socket;
    }

    int clients() {
        return clients.get();
    }

    /// As if it were killed: the socket's file stays.
    void die() {
        try {
            server.close();
            for (SocketChannel channel : open) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        die();
    }

    private void serve(Script script) {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                clients.incrementAndGet();
                open.add(channel);
                if (!server.isOpen()) {
                    // It came while the socket was being closed, and who is dead answers nobody.
                    channel.close();
                    return;
                }
                Thread.ofVirtual().start(() -> play(script, channel));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void play(Script script, SocketChannel channel) {
        try (channel) {
            script.play(new Talk(channel));
        } catch (IOException e) {
            // The other side left, which scripts expect.
        } finally {
            open.remove(channel);
        }
    }

    /// One connection as the script sees it.
    static final class Talk {
        private final SocketChannel channel;
        private final FrameDecoder decoder = new FrameDecoder();

        Talk(SocketChannel channel) {
            this.channel = channel;
        }

        Frame read() throws IOException {
            Optional<Frame> frame = decoder.next();
            while (frame.isEmpty()) {
                if (decoder.readFrom(channel) < 0) {
                    throw new EOFException();
                }
                frame = decoder.next();
            }
            return frame.get();
        }

        void send(Frame.Builder... frames) throws IOException {
            ByteBuffer together = ByteBuffer.allocate(65_536);
            for (Frame.Builder frame : frames) {
                together.put(frame.build().encode());
            }
            sendRaw(together.flip());
        }

        void answer(Frame request, Frame.Builder answer) throws IOException {
            send(answer.with("seq", request.required("seq")));
        }

        void sendRaw(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        /// Waits until the other side closes.
        void untilClosed() throws IOException {
            ByteBuffer ignored = ByteBuffer.allocate(4096);
            while (channel.read(ignored.clear()) >= 0) {}
        }

        SocketChannel channel() {
            return channel;
        }
    }
}
