package io.darsena.docker.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves HTTP on a Unix socket, one virtual thread a connection. The socket's file is 0600 from its first
/// moment and is removed on `close`, which also ends all connections.
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /// Each costs a descriptor and buffers; the engine needs both for its containers.
    static final int MOST_CONNECTIONS = 1024;

    /// Clients connect without waiting: those beyond it are turned away.
    private static final int BACKLOG = 1024;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Path socket;
    private final ServerSocketChannel channel;
    private final HttpHandler handler;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    private HttpServer(Path socket, ServerSocketChannel channel, HttpHandler handler) {
        this.socket = socket;
        this.channel = channel;
        this.handler = handler;
    }

    /// Binds and begins to serve. A socket nobody listens on any more is replaced.
    ///
    /// @throws IOException when another process serves there, or the path cannot be bound
    public static HttpServer open(Path socket, HttpHandler handler) throws IOException {
        if (Files.exists(socket)) {
            if (isServed(socket)) {
                throw new IOException("another process serves on " + socket);
            }
            Files.delete(socket);
        }
        // Bound under another name and moved, so that nobody connects before its mode is right.
        Path fresh = socket.resolveSibling(socket.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(fresh), BACKLOG);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.move(fresh, socket);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
        HttpServer server = new HttpServer(socket, channel, handler);
        Thread.ofVirtual().name("http-accept").start(server::accept);
        return server;
    }

    private static boolean isServed(Path socket) {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                SocketChannel connection = channel.accept();
                if (connections.size() < MOST_CONNECTIONS) {
                    connections.add(connection);
                    Thread.ofVirtual().name("http-connection").start(() -> serve(connection));
                } else {
                    turnAway(connection);
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException failure) {
                LOG.warn("cannot accept a connection on {}: {}", socket, failure.getMessage());
                // The reason, as too many open files, lasts a while.
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /// A socket nobody has written to takes so short an answer at once.
    private static void turnAway(SocketChannel connection) throws IOException {
        byte[] body = ("{\"message\":\"cannot serve the request: there are " + MOST_CONNECTIONS
                        + " connections already; close some and try again\"}\n")
                .getBytes(StandardCharsets.US_ASCII);
        String head = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        try (connection) {
            connection.configureBlocking(false);
            connection.write(
                    new ByteBuffer[] {ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)), ByteBuffer.wrap(body)
                    });
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(Channels.newInputStream(connection));
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(connection));
            RequestReader reader = new RequestReader(in, out);
            boolean open = true;
            while (open) {
                open = serveOne(reader, in, out);
            }
        } catch (IOException | UncheckedIOException | HttpException gone) {
            LOG.debug("a connection ended: {}", gone.getMessage());
        } finally {
            connections.remove(connection);
        }
    }

    private boolean serveOne(RequestReader reader, InputStream in, OutputStream out) throws IOException {
        Optional<HttpRequest> request;
        try {
            request = reader.next();
        } catch (HttpException malformed) {
            byte[] body = String.valueOf(malformed.getMessage()).getBytes(StandardCharsets.UTF_8);
            new HttpExchange(new HttpRequest("GET", "/", Map.of(), Map.of(), in), in, out)
                    .header("Connection", "close")
                    .reply(malformed.status(), "text/plain; charset=utf-8", body);
            return false;
        }
        if (request.isEmpty()) {
            return false;
        }
        HttpExchange exchange = new HttpExchange(request.get(), in, out);
        handler.handle(exchange);
        if (!exchange.isAnswered()) {
            exchange.reply(500);
        }
        if (!exchange.isReusable()) {
            return false;
        }
        request.get().body().skip(Long.MAX_VALUE);
        return true;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(socket);
            channel.close();
            for (SocketChannel connection : connections) {
                connection.close();
            }
        } catch (IOException failure) {
            LOG.warn("cannot close the server on {}: {}", socket, failure.getMessage());
        }
    }
}
