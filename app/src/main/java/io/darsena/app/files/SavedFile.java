package io.darsena.app.files;

import io.darsena.bridge.error.FailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a stream to a file. What stood there stays until all is written, and when that fails.
final class SavedFile {

    private static final Logger LOG = LoggerFactory.getLogger(SavedFile.class);
    private static final int BLOCK = 1 << 16;

    private SavedFile() {}

    /// @param told how many bytes are written, now and then
    /// @return all of them
    static long write(InputStream in, Path target, LongConsumer told) throws InterruptedException {
        Path file = target.toAbsolutePath();
        Path folder = file.getParent();
        @Nullable Path part = null;
        try {
            part = Files.createTempFile(folder == null ? file : folder, ".darsena-", ".part");
            long written = copy(in, part, told);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            part = null;
            return written;
        } catch (IOException problem) {
            FailedException failure = new FailedException(
                    "save", file.toString(), reason(problem), "choose another place, or make room there");
            failure.initCause(problem);
            throw failure;
        } finally {
            if (part != null) {
                deleteQuietly(part);
            }
        }
    }

    private static long copy(InputStream in, Path part, LongConsumer told) throws IOException, InterruptedException {
        long written = 0;
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(part)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                out.write(block, 0, read);
                written += read;
                told.accept(written);
            }
        }
        return written;
    }

    private static String reason(IOException problem) {
        return problem instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : problem.getClass().getSimpleName() + " " + problem.getMessage();
    }

    private static void deleteQuietly(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException left) {
            LOG.warn("{} is left: {}", part, left.toString());
        }
    }
}
