package io.darsena.docker.http;

import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request's head with its body still to be read.
///
/// @param path decoded, without the query
/// @param query decoded; of a repeated name the last value
/// @param headers by lower-case name
/// @param body ends where the request's body ends; what a handler leaves unread is discarded
public record HttpRequest(
        String method, String path, Map<String, String> query, Map<String, String> headers, InputStream body) {

    static HttpRequest of(String method, String target, Map<String, String> headers, InputStream body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        Map<String, String> query = new LinkedHashMap<>();
        if (question >= 0) {
            for (String pair : target.substring(question + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                if (!pair.isEmpty()) {
                    query.put(
                            decode(equals < 0 ? pair : pair.substring(0, equals)),
                            equals < 0 ? "" : decode(pair.substring(equals + 1)));
                }
            }
        }
        return new HttpRequest(method, decode(path.replace("+", "%2B")), query, headers, body);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// @param name in any case
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
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
