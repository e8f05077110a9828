package io.darsena.docker.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Sends each piece at once and as it is, for a client that knows no chunks. Closing it sends nothing: the connection,
/// whose owner ends it then, tells the client.
final class UnchunkedOutputStream extends FilterOutputStream {

    private boolean closed;

    UnchunkedOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (!closed) {
            out.write(bytes, offset, length);
            out.flush();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
