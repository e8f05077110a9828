package io.darsena.app.files;

import io.darsena.app.session.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// Saves a stream in a file.
final class SavedFile {

    private static final int BLOCK = 1 << 16;

    private SavedFile() {}

    /// @param told how many bytes are written, now and then
    /// @return all of them
    static long write(InputStream in, Path target, LongConsumer told) throws InterruptedException {
        AtomicLong written = new AtomicLong();
        WholeFile.save(target, target.toString(), out -> copy(in, out, written, told));
        return written.get();
    }

    private static void copy(InputStream in, OutputStream out, AtomicLong written, LongConsumer told)
            throws IOException, InterruptedException {
        byte[] block = new byte[BLOCK];
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            out.write(block, 0, read);
            told.accept(written.addAndGet(read));
        }
    }
}
