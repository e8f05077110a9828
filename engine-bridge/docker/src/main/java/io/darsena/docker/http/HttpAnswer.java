package io.darsena.docker.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The answer to a request: its head, and its body still to be read.
public final class HttpAnswer implements AutoCloseable {

    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;
    private final SocketChannel connection;

    HttpAnswer(int status, Map<String, String> headers, InputStream body, SocketChannel connection) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.connection = connection;
    }

    public int status() {
        return status;
    }

    /// @param name in any case
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /// What is said behind the body.
    ///
    /// @param name in any case
    /// @throws IllegalStateException before the body has been read to its end
    public Optional<String> trailer(String name) {
        return body instanceof ChunkedInputStream chunked
                ? Optional.ofNullable(chunked.trailers().get(name.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /// Ends where the answer's body ends. Not thread-safe.
    public InputStream body() {
        return body;
    }

    /// Ends the connection, also under a thread that reads. Idempotent, from any thread.
    @Override
    public void close() throws IOException {
        connection.close();
    }
}
