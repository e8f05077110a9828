package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.document.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// One blob as a stream that keeps what passes: first the bytes that are in its file, then those of its origin,
/// which are appended to the file before they are given on. For one thread.
final class PartialBlob extends InputStream {

    private final Descriptor blob;
    private final ImageOrigin origin;
    private final LongConsumer progress;
    private final RandomAccessFile file;
    private final long found;
    private long position;
    private @Nullable InputStream rest;

    /// @param progress told how many bytes there are in all
    PartialBlob(Path path, Descriptor blob, ImageOrigin origin, LongConsumer progress) throws IOException {
        this.blob = blob;
        this.origin = origin;
        this.progress = progress;
        this.file = new RandomAccessFile(path.toFile(), "rw");
        if (file.length() > blob.size()) {
            file.setLength(0);
        }
        found = file.length();
    }

    /// Whether an earlier pull has left some of it.
    boolean isContinued() {
        return found > 0;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = position < found
                ? file.read(buffer, offset, (int) Math.min(length, found - position))
                : received(buffer, offset, length);
        if (count > 0) {
            position += count;
            progress.accept(position);
        }
        return count;
    }

    private int received(byte[] buffer, int offset, int length) throws IOException {
        if (position == found && found == blob.size()) {
            return -1;
        }
        if (rest == null) {
            rest = origin.open(blob, position);
        }
        int count = rest.read(buffer, offset, length);
        if (count < 0 && position < blob.size()) {
            throw wrong("it ends after " + position + " of " + blob.size() + " bytes");
        }
        if (count > blob.size() - position) {
            throw wrong("it is longer than the " + blob.size() + " bytes promised");
        }
        if (count > 0) {
            file.write(buffer, offset, count);
        }
        return count;
    }

    /// @param digest of all that was read
    /// @throws CorruptedException when the bytes are not the blob's
    void verify(Digest digest) {
        if (!digest.equals(blob.digest())) {
            throw wrong("its bytes have digest " + digest);
        }
    }

    private CorruptedException wrong(String reason) {
        return new CorruptedException(
                "pull", "blob " + blob.digest(), reason, "try again, or tell who runs the registry");
    }

    @Override
    public void close() throws IOException {
        try (RandomAccessFile closed = file) {
            if (rest != null) {
                rest.close();
            }
        }
    }
}
