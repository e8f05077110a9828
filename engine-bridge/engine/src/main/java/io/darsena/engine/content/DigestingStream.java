package io.darsena.engine.content;

import io.darsena.bridge.image.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Passes bytes on and knows the digest of those that were read.
public final class DigestingStream extends FilterInputStream {

    private final MessageDigest hash;

    public DigestingStream(InputStream source) {
        super(source);
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value >= 0) {
            hash.update((byte) value);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        if (count > 0) {
            hash.update(buffer, offset, count);
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("a digest needs all bytes");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /// To be asked once, at the end.
    public Digest digest() {
        return new Digest(HexFormat.of().formatHex(hash.digest()));
    }
}
