package io.darsena.docker.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads requests off one connection (RFC 9112, sections 2 to 7). Not thread-safe.
final class RequestReader {

    /// Digits alone, without a sign; no body is longer.
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

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
        boolean isHttp10 = words[2].equals("HTTP/1.0");
        Map<String, String> headers = Head.headers(in);
        try {
            return Optional.of(HttpRequest.of(isHttp10, words[0], words[1], headers, body(isHttp10, headers)));
        } catch (IllegalArgumentException malformed) {
            throw new HttpException(400, "malformed request target");
        }
    }

    private Optional<String> firstLine() throws IOException {
        int first = in.read();
        while (first == '\r' || first == '\n') {
            first = in.read();
        }
        return first < 0 ? Optional.empty() : Optional.of(Head.line(in, first));
    }

    private InputStream body(boolean isHttp10, Map<String, String> headers) throws IOException {
        String encoding = headers.getOrDefault("transfer-encoding", "identity");
        String length = headers.get("content-length");
        boolean chunked = encoding.equalsIgnoreCase("chunked");
        if (!chunked && !encoding.equalsIgnoreCase("identity")) {
            throw new HttpException(501, "transfer encoding " + encoding + " is not supported");
        }
        if (chunked && length != null) {
            throw new HttpException(400, "both a length and a transfer encoding");
        }
        if ("100-continue".equalsIgnoreCase(headers.get("expect")) && !isHttp10) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        if (chunked) {
            return new ChunkedInputStream(in);
        }
        if (length != null && !LENGTH.matcher(length).matches()) {
            throw new HttpException(400, "malformed content length");
        }
        return new BoundedInputStream(in, length == null ? 0 : Long.parseLong(length));
    }
}
