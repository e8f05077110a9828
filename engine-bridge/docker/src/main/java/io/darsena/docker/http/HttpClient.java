package io.darsena.docker.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
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

    private static void write(SocketChannel connection, String method, String target, String contentType, byte[] body)
            throws IOException {
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: darsena\r\nConnection: close\r\n");
        if (body.length > 0) {
            head.append("Content-Type: ").append(contentType).append("\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteBuffer[] message = {
            ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.US_ASCII)), ByteBuffer.wrap(body)
        };
        while (message[1].hasRemaining() || message[0].hasRemaining()) {
            connection.write(message);
        }
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
