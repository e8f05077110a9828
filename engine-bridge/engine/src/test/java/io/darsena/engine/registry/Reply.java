package io.darsena.engine.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// One answer of a [TestRegistry], as good or bad as a test wants it.
public final class Reply {

    private final Socket connection;
    private final OutputStream out;
    private final boolean headOnly;
    private boolean last;

    Reply(Socket connection, boolean headOnly) throws IOException {
        this.connection = connection;
        this.out = connection.getOutputStream();
        this.headOnly = headOnly;
    }

    /// The connection is over, and nothing more is to be written.
    static final class BrokenOff extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    boolean isLast() {
        return last;
    }

    void send(int status, Map<String, String> headers, byte[] body) throws IOException {
        head(status, headers, "Content-Length: " + body.length);
        if (!headOnly) {
            out.write(body);
        }
        out.flush();
    }

    public boolean sent(int status, Map<String, String> headers, String body) throws IOException {
        send(status, headers, body.getBytes(StandardCharsets.UTF_8));
        return true;
    }

    /// @param length header line that says how long the body is
    public void head(int status, Map<String, String> headers, String length) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Test\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        out.write((head + length + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    public void write(byte[] bytes, int from, int to) throws IOException {
        out.write(bytes, from, to - from);
        out.flush();
    }

    public void write(String raw) throws IOException {
        out.write(raw.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /// Ends the connection as if all had been said.
    void hangUp() throws IOException {
        connection.close();
        throw new BrokenOff();
    }

    /// The client sees a reset connection.
    void reset() throws IOException {
        connection.setSoLinger(true, 0);
        hangUp();
    }

    /// Says nothing more until the client goes away.
    public void fallSilent() throws IOException {
        while (connection.getInputStream().read() >= 0) {
            Thread.onSpinWait();
        }
        throw new BrokenOff();
    }
}
