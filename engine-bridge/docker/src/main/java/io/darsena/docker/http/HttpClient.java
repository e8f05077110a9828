package io.darsena.docker.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Sends requests to an HTTP server on a Unix socket, each on a connection of its own: to connect costs less there than
/// to keep connections in order. Interrupting the calling thread ends the connection, and with it what the server does.
public final class HttpClient {

    private static final int BUFFER = 1 << 16;

    private final Path socket;

    public HttpClient(Path socket) {
        this.socket = socket;
    }

    public Path socket() {
        return socket;
    }

    /// Sends a request and reads the head of its answer.
    ///
    /// @param target path and query, percent-encoded
    /// @throws IOException when nobody serves there, somebody else's process does, or the answer is none
    public HttpAnswer send(String method, String target, String contentType, byte[] body) throws IOException {
        return send(method, target, contentType, Body.of(body));
    }

    /// As [#send(String, String, String, byte[])], of a body that is not in memory as it is sent.
    public HttpAnswer send(String method, String target, String contentType, Body body) throws IOException {
        return answered(SocketChannel.open(StandardProtocolFamily.UNIX), method, target, contentType, body);
    }

    /// What a request brings.
    public interface Body {

        /// Bytes that [#write] writes.
        long length() throws IOException;

        /// The stream stays open.
        void write(OutputStream out) throws IOException;

        static Body of(byte[] bytes) {
            return new Body() {
                @Override
                public long length() {
                    return bytes.length;
                }

                @Override
                public void write(OutputStream out) throws IOException {
                    out.write(bytes);
                }
            };
        }
    }

    /// As [#send(String, String, String, byte[])], of a process that may be stopped or stuck: the kernel takes a
    /// connection for it all the same.
    ///
    /// @throws SocketTimeoutException when the head of the answer has not come after `patience`
    public HttpAnswer send(String method, String target, String contentType, byte[] body, Duration patience)
            throws IOException {
        SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX);
        try (Alarm alarm = new Alarm(connection, patience)) {
            try {
                return answered(connection, method, target, contentType, Body.of(body));
            } catch (ClosedChannelException closed) {
                if (alarm.hasGoneOff()) {
                    throw new SocketTimeoutException("no answer within " + patience.toSeconds() + " seconds");
                }
                throw closed;
            }
        }
    }

    private HttpAnswer answered(SocketChannel connection, String method, String target, String contentType, Body body)
            throws IOException {
        try {
            connection.connect(UnixDomainSocketAddress.of(socket));
            if (!PeerCredentials.isTrusted(connection)) {
                throw new ConnectException("another user's process serves there");
            }
            write(connection, method, target, contentType, body);
            return read(connection);
        } catch (IOException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    /// Closes a connection after a while, unless it is switched off before.
    private static final class Alarm implements AutoCloseable {

        private final Thread waiting;
        private volatile boolean goneOff;

        Alarm(SocketChannel connection, Duration patience) {
            waiting = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(patience);
                    goneOff = true;
                    connection.close();
                } catch (InterruptedException | IOException over) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        boolean hasGoneOff() {
            return goneOff;
        }

        @Override
        public void close() {
            waiting.interrupt();
        }
    }

    private static void write(SocketChannel connection, String method, String target, String contentType, Body body)
            throws IOException {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: darsena\r\nConnection: close\r\n");
        long length = body.length();
        if (length > 0) {
            head.append("Content-Type: ").append(contentType).append("\r\n");
        }
        head.append("Content-Length: ").append(length).append("\r\n\r\n");
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(connection), BUFFER);
        out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
        body.write(out);
        out.flush();
    }

    private static HttpAnswer read(SocketChannel connection) throws IOException {
        InputStream in = new BufferedInputStream(Channels.newInputStream(connection), BUFFER);
        try {
            String[] start = Head.line(in, in.read()).split(" ", 3);
            if (start.length < 2 || !start[0].startsWith("HTTP/1.") || !start[1].matches("[1-5][0-9]{2}")) {
                throw new IOException("what answers does not speak HTTP");
            }
            Map<String, String> headers = Head.headers(in);
            return new HttpAnswer(Integer.parseInt(start[1]), headers, body(in, headers), connection);
        } catch (HttpException malformed) {
            throw new IOException("malformed answer: " + malformed.getMessage(), malformed);
        }
    }

    private static InputStream body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return new ChunkedInputStream(in);
        }
        Optional<String> length = Optional.ofNullable(headers.get("content-length"));
        try {
            return length.isPresent() ? new BoundedInputStream(in, Long.parseLong(length.get())) : in;
        } catch (NumberFormatException malformed) {
            throw new IOException("malformed content length in an answer", malformed);
        }
    }
}
