package io.darsena.engine.registry.http;

import io.darsena.bridge.error.CorruptedException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What came back. Closing it lets go of a body that nobody wants to the end.
///
/// @param uri that answered, after redirects
/// @param body fails as an [IOException] where the connection breaks, stalls, or ends too early
public record Answer(int status, URI uri, HttpHeaders headers, InputStream body) implements AutoCloseable {

    public static final int OK = 200;
    public static final int CREATED = 201;
    public static final int ACCEPTED = 202;
    public static final int NO_CONTENT = 204;
    public static final int PARTIAL = 206;
    public static final int BAD_REQUEST = 400;
    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int NOT_FOUND = 404;
    public static final int METHOD_NOT_ALLOWED = 405;
    public static final int RANGE_NOT_SATISFIABLE = 416;
    public static final int TOO_MANY = 429;
    public static final int SERVER_ERROR = 500;

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    public List<String> all(String name) {
        return headers.allValues(name);
    }

    public OptionalLong length() {
        try {
            return headers.firstValueAsLong("Content-Length");
        } catch (NumberFormatException nonsense) {
            return OptionalLong.empty();
        }
    }

    /// Worth another try.
    public boolean isPassing() {
        return status == TOO_MANY || status >= SERVER_ERROR && status != 501 && status != 505;
    }

    /// All of a document.
    ///
    /// @throws CorruptedException when it is longer
    public byte[] bytes(int limit) throws IOException {
        byte[] bytes = body.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new CorruptedException("read", Places.shown(uri), "it has more than " + limit + " bytes", "");
        }
        return bytes;
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException ignored) {
            // it is over either way
        }
    }
}
