package io.darsena.engine.layer;

import io.darsena.runtime.RuntimeUnavailableException;
import io.darsena.runtime.TreeArchive;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What an archiver gives, or a part of it: closing it ends the archiver, and what that fails with is an [IOException].
final class ArchiveBytes extends FilterInputStream {

    private final TreeArchive archive;

    ArchiveBytes(InputStream bytes, TreeArchive archive) {
        super(bytes);
        this.archive = archive;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (RuntimeUnavailableException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        archive.close();
    }
}
