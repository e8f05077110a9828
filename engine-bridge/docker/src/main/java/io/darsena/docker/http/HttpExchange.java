package io.darsena.docker.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its answer. Exactly one of `reply`, `stream` and `takeOver` is called, once, by one
/// thread; what `stream` and `takeOver` return may be written by one other thread at a time.
public final class HttpExchange {

    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(101, "UPGRADED"),
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(204, "No Content"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(409, "Conflict"),
            Map.entry(422, "Unprocessable Entity"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(503, "Service Unavailable"));

    private final HttpRequest request;
    private final InputStream connectionIn;
    private final OutputStream connectionOut;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> trailers = new LinkedHashMap<>();
    private volatile boolean answered;
    private volatile boolean reusable = true;

    /// Only the connection's end tells the client where the answer ends.
    private volatile boolean endless;

    HttpExchange(HttpRequest request, InputStream connectionIn, OutputStream connectionOut) {
        this.request = request;
        this.connectionIn = connectionIn;
        this.connectionOut = connectionOut;
    }

    public HttpRequest request() {
        return request;
    }

    /// Adds a header to the answer.
    public HttpExchange header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /// Answers with a whole body.
    public void reply(int status, String contentType, byte[] body) throws IOException {
        begin();
        tellConnection();
        boolean bodiless = status == 204 || status == 304;
        StringBuilder head = head(status);
        if (!bodiless) {
            head.append("Content-Type: ").append(contentType).append("\r\n");
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        write(head);
        if (!bodiless && !request.method().equals("HEAD")) {
            connectionOut.write(body);
        }
        connectionOut.flush();
    }

    public void reply(int status) throws IOException {
        reply(status, "text/plain", new byte[0]);
    }

    /// Runs `gone`, on another thread, when the client sends no more (it has closed the connection, or its
    /// sending side) or the connection ends. Called before the answer begins. The rest of the request's body is
    /// of no interest then, and the connection serves no other request.
    public void whenClientLeaves(Runnable gone) {
        reusable = false;
        Thread.ofVirtual().name("http-watch").start(() -> {
            try {
                connectionIn.transferTo(OutputStream.nullOutputStream());
            } catch (IOException ended) {
                LOG.trace("a watched connection ended", ended);
            }
            gone.run();
        });
    }

    /// Answers with a body of unknown length. Each write goes out as one chunk at once; closing ends the body. To a
    /// client of HTTP/1.0 it goes as it is, and the connection's end is its end.
    public OutputStream stream(int status, String contentType) throws IOException {
        begin();
        endless = request.isHttp10();
        tellConnection();
        StringBuilder head =
                head(status).append("Content-Type: ").append(contentType).append("\r\n");
        write(request.isHttp10() ? head : head.append("Transfer-Encoding: chunked\r\n"));
        connectionOut.flush();
        return request.isHttp10()
                ? new UnchunkedOutputStream(connectionOut)
                : new ChunkedOutputStream(connectionOut, trailers);
    }

    private void tellConnection() {
        if (!isReusable()) {
            header("Connection", "close");
        } else if (request.isHttp10()) {
            header("Connection", "keep-alive");
        }
    }

    /// Says something behind the body that [#stream] gave and that is not closed yet. A header `Trailer` announces
    /// it.
    public void trailer(String name, String value) {
        trailers.put(name, value);
    }

    /// Turns the connection into a raw two-way stream, as Docker's `attach` does: `101` when the client asked
    /// for an upgrade, else `200` without a length. The connection is closed when the handler returns.
    public RawConnection takeOver(String contentType) throws IOException {
        begin();
        reusable = false;
        boolean upgrade = request.header("upgrade").isPresent();
        StringBuilder head = head(upgrade ? 101 : 200)
                .append("Content-Type: ")
                .append(contentType)
                .append("\r\n");
        if (upgrade) {
            head.append("Connection: Upgrade\r\nUpgrade: tcp\r\n");
        }
        write(head);
        connectionOut.flush();
        return new RawConnection(connectionIn, connectionOut);
    }

    /// Both directions of a connection that is HTTP no more.
    public record RawConnection(InputStream in, OutputStream out) {}

    public boolean isAnswered() {
        return answered;
    }

    /// Whether somebody else reads what the client sends from now on.
    boolean isBodyTaken() {
        return !reusable;
    }

    boolean isReusable() {
        return reusable && !endless && request.keepsConnection();
    }

    private void begin() {
        if (answered) {
            throw new IllegalStateException("the request is answered already");
        }
        answered = true;
    }

    private StringBuilder head(int status) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(REASONS.getOrDefault(status, "Status"))
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head;
    }

    private void write(StringBuilder head) throws IOException {
        connectionOut.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
