package io.darsena.engine.registry.http;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// One request.
///
/// @param headers may hold a secret; so this is never told as a text
public record Call(String method, URI uri, Map<String, String> headers, Optional<Body> body) {

    public Call {
        headers = Map.copyOf(headers);
    }

    public static Call of(String method, URI uri) {
        return new Call(method, uri, Map.of(), Optional.empty());
    }

    public Call with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, uri, more, body);
    }

    public Call without(String header) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(header);
        return new Call(method, uri, fewer, body);
    }

    public Call with(Body sent) {
        return new Call(method, uri, headers, Optional.of(sent));
    }

    Call to(URI other) {
        return new Call(method, other, headers, body);
    }

    /// What is sent with a request.
    ///
    /// @param length bytes
    /// @param bytes opened anew for each time it is sent; closed by who sends
    public record Body(long length, Supplier<InputStream> bytes) {

        public static Body of(byte[] bytes) {
            return new Body(bytes.length, () -> new java.io.ByteArrayInputStream(bytes));
        }

        BodyPublisher publisher(SentBytes watched) {
            return length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.fromPublisher(
                            BodyPublishers.ofInputStream(() -> watched.watch(bytes.get())), length);
        }
    }

    @Override
    public String toString() {
        return method + " " + Places.shown(uri);
    }
}
