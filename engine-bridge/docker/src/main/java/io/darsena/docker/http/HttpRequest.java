package io.darsena.docker.http;

import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A request's head with its body still to be read.
///
/// @param isHttp10 HTTP/1.0: no chunks, and one request a connection unless it is asked to be kept (RFC 9112, section
/// 9.3)
/// @param target path and query as they came, percent-encoded
/// @param path decoded, without the query
/// @param query decoded; of a repeated name all values in order
/// @param headers by lower-case name
/// @param body ends where the request's body ends; what a handler leaves unread is discarded
public record HttpRequest(
        boolean isHttp10,
        String method,
        String target,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        InputStream body) {

    /// @throws IllegalArgumentException when the target is malformed
    static HttpRequest of(
            boolean isHttp10, String method, String target, Map<String, String> headers, InputStream body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (question >= 0) {
            for (String pair : target.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (!pair.isEmpty()) {
                    query.computeIfAbsent(
                                    decode(equals < 0 ? pair : pair.substring(0, equals)), name -> new ArrayList<>())
                            .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
                }
            }
        }
        return new HttpRequest(isHttp10, method, target, decode(path.replace("+", "%2B")), query, headers, body);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// @param name in any case
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /// Whether the client means to send another request on the same connection.
    boolean keepsConnection() {
        Set<String> options = Arrays.stream(header("connection").orElse("").split(","))
                .map(option -> option.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return !options.contains("close") && (!isHttp10 || options.contains("keep-alive"));
    }

    /// Of a repeated one the last.
    public Optional<String> parameter(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.getLast()).filter(value -> !value.isEmpty());
    }

    /// All values of one that may be repeated, but for empty ones.
    public List<String> parameters(String name) {
        return query.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /// As [#parameter], the bytes of a value, which need not be UTF-8.
    public Optional<byte[]> bytes(String name) {
        Optional<byte[]> found = Optional.empty();
        int question = target.indexOf('?');
        String asked = question < 0 ? "" : target.substring(question + 1);
        for (String pair : asked.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0
                    && equals + 1 < pair.length()
                    && decode(pair.substring(0, equals)).equals(name)) {
                String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.ISO_8859_1);
                found = Optional.of(value.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return found;
    }

    /// A flag as Docker's API reads it: `1`, `true`, `yes`, `on` in any case.
    public boolean flag(String name) {
        return parameter(name)
                .map(value -> value.toLowerCase(Locale.ROOT))
                .filter(value ->
                        !value.equals("0") && !value.equals("false") && !value.equals("no") && !value.equals("none"))
                .isPresent();
    }
}
