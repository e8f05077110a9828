package io.darsena.docker.wire;

import io.darsena.bridge.layer.FilePath;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Paths, of which the bytes need not be UTF-8, as ASCII text (RFC 3986, percent-encoding). Slashes stay, as they may
/// in
/// a query: a path of four thousand directories fits a request's first line.
public final class PathText {

    private PathText() {}

    public static String encoded(FilePath path) {
        return encoded(path.bytes());
    }

    /// As [#encoded(FilePath)], of any name.
    public static String encoded(byte[] name) {
        String bytes = new String(name, StandardCharsets.ISO_8859_1);
        return URLEncoder.encode(bytes, StandardCharsets.ISO_8859_1)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    /// @throws IllegalArgumentException when it is no path that [#encoded] wrote
    public static FilePath decoded(String text) {
        String bytes = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
        return FilePath.of(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }
}
