package io.darsena.docker.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads requests off one connection (RFC 9112, sections 2 to 7). Not thread-safe.
final class RequestReader {

    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_HEAD = 64 << 10;

    private final InputStream in;
    private final OutputStream out;

    RequestReader(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /// @return empty when the client closed the connection between two requests
    /// @throws HttpException when what came is no acceptable request
    Optional<HttpRequest> next() throws IOException {
        Optional<String> start = firstLine();
        if (start.isEmpty()) {
            return Optional.empty();
        }
        String[] words = start.get().split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.") || !words[1].startsWith("/")) {
            throw new HttpException(400, "not an HTTP/1.1 request");
        }
        Map<String, String> headers = headers();
        try {
            return Optional.of(HttpRequest.of(words[0], words[1], headers, body(words[2], headers)));
        } catch (IllegalArgumentException malformed) {
            throw new HttpException(400, "malformed request target");
        }
    }

    private Optional<String> firstLine() throws IOException {
        int first = in.read();
        while (first == '\r' || first == '\n') {
            first = in.read();
        }
        return first < 0 ? Optional.empty() : Optional.of(line(first));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        int length = 0;
        for (String line = line(in.read()); !line.isEmpty(); line = line(in.read())) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(colon - 1) == ' ') {
                throw new HttpException(400, "malformed header line");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String before = headers.putIfAbsent(name, line.substring(colon + 1).strip());
            if (before != null && (name.equals("content-length") || name.equals("transfer-encoding"))) {
                throw new HttpException(400, "repeated header " + name);
            }
            length += line.length();
            if (headers.size() > MOST_HEADERS || length > LONGEST_HEAD) {
                throw new HttpException(431, "too many headers, or too long ones");
            }
        }
        return headers;
    }

    private InputStream body(String version, Map<String, String> headers) throws IOException {
        String encoding = headers.getOrDefault("transfer-encoding", "identity");
        String length = headers.get("content-length");
        boolean chunked = encoding.equalsIgnoreCase("chunked");
        if (!chunked && !encoding.equalsIgnoreCase("identity")) {
            throw new HttpException(501, "transfer encoding " + encoding + " is not supported");
        }
        if (chunked && length != null) {
            throw new HttpException(400, "both a length and a transfer encoding");
        }
        if ("100-continue".equalsIgnoreCase(headers.get("expect")) && version.equals("HTTP/1.1")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        if (chunked) {
            return new ChunkedInputStream(in);
        }
        try {
            long bytes = length == null ? 0 : Long.parseLong(length);
            if (bytes < 0) {
                throw new HttpException(400, "negative content length");
            }
            return new BoundedInputStream(in, bytes);
        } catch (NumberFormatException notANumber) {
            throw new HttpException(400, "malformed content length");
        }
    }

    private String line(int first) throws IOException {
        return line(in, first);
    }

    /// Reads to the next line feed; `first` is a byte already read.
    static String line(InputStream in, int first) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = first; next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended within a request");
            }
            if (text.length() == LONGEST_LINE) {
                throw new HttpException(431, "a header line is longer than " + LONGEST_LINE + " bytes");
            }
            text.append((char) next);
        }
        int end = text.length();
        return end > 0 && text.charAt(end - 1) == '\r' ? text.substring(0, end - 1) : text.toString();
    }
}
