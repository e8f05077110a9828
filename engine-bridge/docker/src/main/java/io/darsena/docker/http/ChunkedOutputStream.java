package io.darsena.docker.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Writes each piece as one chunk and sends it at once. Closing it ends the body, with what is to be said behind it.
final class ChunkedOutputStream extends OutputStream {

    private final OutputStream out;
    private final Map<String, String> trailers;
    private boolean closed;

    /// @param trailers looked at when it is closed
    ChunkedOutputStream(OutputStream out, Map<String, String> trailers) {
        this.out = out;
        this.trailers = trailers;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0 || closed) {
            return;
        }
        out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes, offset, length);
        out.write('\r');
        out.write('\n');
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            StringBuilder end = new StringBuilder("0\r\n");
            trailers.forEach(
                    (name, value) -> end.append(name).append(": ").append(value).append("\r\n"));
            out.write(end.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
