package io.darsena.docker.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves HTTP on a Unix socket to its own user and root, one virtual thread a connection. The socket's file is
/// 0600 from its first moment and is removed on `close`, which also ends all connections. Whoever begins a request
/// has half a minute for its head; who has none under way makes room when there are too many.
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    /// Each costs a descriptor and buffers; the engine needs both for its containers.
    static final int MOST_CONNECTIONS = 1024;

    private static final int LARGEST_UNREAD = 1 << 16;

    private static final Duration LONGEST_HEAD = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final SocketPlace place;
    private final ServerSocketChannel channel;
    private final HttpHandler handler;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final IdleConnections idle = new IdleConnections();
    private final HeadLimit headLimit;

    private HttpServer(SocketPlace place, ServerSocketChannel channel, HttpHandler handler, HeadLimit headLimit) {
        this.place = place;
        this.channel = channel;
        this.handler = handler;
        this.headLimit = headLimit;
    }

    /// Binds and begins to serve. A socket nobody listens on any more is replaced.
    ///
    /// @throws IOException when another process serves there, or the path cannot be bound
    public static HttpServer open(Path socket, HttpHandler handler) throws IOException {
        return open(socket, handler, LONGEST_HEAD);
    }

    static HttpServer open(Path socket, HttpHandler handler, Duration longestHead) throws IOException {
        SocketPlace place = SocketPlace.take(socket);
        try {
            HttpServer server = new HttpServer(place, place.bind(), handler, new HeadLimit(longestHead));
            Thread.ofVirtual().name("http-accept").start(server::accept);
            return server;
        } catch (IOException | RuntimeException failure) {
            place.close();
            throw failure;
        }
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                admit(channel.accept());
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException failure) {
                LOG.warn("cannot accept a connection: {}", failure.getMessage());
                // The reason, as too many open files, lasts a while.
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void admit(SocketChannel connection) {
        try {
            admitOrRefuse(connection);
        } catch (IOException gone) {
            LOG.debug("a connection ended before it began: {}", gone.getMessage());
            IdleConnections.close(connection);
        }
    }

    private void admitOrRefuse(SocketChannel connection) throws IOException {
        if (!PeerCredentials.isTrusted(connection)) {
            refuse(connection, "403 Forbidden", "cannot serve the request: this engine is another user's");
        } else if (hasRoom()) {
            connections.add(connection);
            idle.add(connection);
            Thread.ofVirtual().name("http-connection").start(() -> serve(connection));
        } else {
            refuse(
                    connection,
                    "503 Service Unavailable",
                    "cannot serve the request: there are " + MOST_CONNECTIONS
                            + " connections already; close some and try again");
        }
    }

    /// Makes room where somebody waits without a request. Their own thread may take a while to notice, or be faster.
    private boolean hasRoom() {
        if (connections.size() < MOST_CONNECTIONS) {
            return true;
        }
        Optional<SocketChannel> closed = idle.closeLongest();
        closed.ifPresent(connections::remove);
        return closed.isPresent();
    }

    /// A socket nobody has written to takes so short an answer at once. What has come from the client is taken first: a
    /// socket that is closed with bytes unread is reset, and its client never reads why.
    private static void refuse(SocketChannel connection, String status, String reason) throws IOException {
        byte[] body = ("{\"message\":\"" + reason + "\"}\n").getBytes(StandardCharsets.US_ASCII);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        try (connection) {
            connection.configureBlocking(false);
            ByteBuffer unread = ByteBuffer.allocate(LARGEST_UNREAD);
            int count = connection.read(unread);
            while (count > 0) {
                count = connection.read(unread);
            }
            connection.write(
                    new ByteBuffer[] {ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)), ByteBuffer.wrap(body)
                    });
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            BufferedInputStream in = new BufferedInputStream(Channels.newInputStream(connection));
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(connection));
            RequestReader reader = new RequestReader(in, out);
            boolean open = true;
            while (open) {
                open = idle.awaitFirstByte(connection, in) && serveOne(connection, reader, in, out);
            }
        } catch (IOException | UncheckedIOException | HttpException gone) {
            LOG.debug("a connection ended: {}", gone.getMessage());
        } finally {
            idle.remove(connection);
            connections.remove(connection);
        }
    }

    private boolean serveOne(SocketChannel connection, RequestReader reader, InputStream in, OutputStream out)
            throws IOException {
        Optional<HttpRequest> request;
        try {
            request = headLimit.within(connection, reader::next);
        } catch (HttpException malformed) {
            byte[] body = String.valueOf(malformed.getMessage()).getBytes(StandardCharsets.UTF_8);
            new HttpExchange(new HttpRequest(false, "GET", "/", "/", Map.of(), Map.of(), in), in, out)
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
        if (exchange.isBodyTaken()) {
            return false;
        }
        // Of the last request, too: a connection closed with bytes unread takes its answer away.
        request.get().body().skip(Long.MAX_VALUE);
        return exchange.isReusable();
    }

    @Override
    public void close() {
        try {
            place.close();
            channel.close();
            headLimit.close();
            for (SocketChannel connection : connections) {
                connection.close();
            }
        } catch (IOException failure) {
            LOG.warn("cannot close the server: {}", failure.getMessage());
        }
    }
}
