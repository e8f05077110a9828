package io.darsena.docker.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;

/// A chunked body (RFC 9112, section 7.1), and what is said behind it. Closing it leaves the connection open.
final class ChunkedInputStream extends InputStream {

    /// Digits alone, without a sign; no body is longer.
    private static final Pattern SIZE = Pattern.compile("[0-9a-fA-F]{1,15}");

    private final InputStream in;
    private long left;
    private boolean started;
    private boolean ended;
    private Map<String, String> trailers = Map.of();

    ChunkedInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !nextChunk()) {
            return -1;
        }
        int read = in.read(buffer, offset, (int) Math.min(length, left));
        if (read < 0) {
            throw new EOFException("the connection ended within a chunk");
        }
        left -= read;
        return read;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(left, in.available());
    }

    private boolean nextChunk() throws IOException {
        if (ended) {
            return false;
        }
        if (started && !Head.line(in, in.read()).isEmpty()) {
            throw new HttpException(400, "malformed chunk");
        }
        started = true;
        String size = Head.line(in, in.read());
        int extension = size.indexOf(';');
        String digits = (extension < 0 ? size : size.substring(0, extension)).strip();
        if (!SIZE.matcher(digits).matches()) {
            throw new HttpException(400, "malformed chunk size");
        }
        left = Long.parseLong(digits, 16);
        if (left > 0) {
            return true;
        }
        ended = true;
        trailers = Head.headers(in);
        return false;
    }

    /// The fields of the trailer section, by their names in lower case.
    ///
    /// @throws IllegalStateException before the body has been read to its end
    Map<String, String> trailers() {
        if (!ended) {
            throw new IllegalStateException("the body has not ended");
        }
        return trailers;
    }
}
