package io.darsena.app.session;

import io.darsena.bridge.error.FailedException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves what a person wants in a file: what stood there stays until all is written, and when that fails.
public final class WholeFile {

    private static final Logger LOG = LoggerFactory.getLogger(WholeFile.class);
    private static final int BLOCK = 1 << 16;

    private WholeFile() {}

    /// Writes what the file is to hold. Interruption abandons it.
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    /// @param what is saved, for the message, as `log to` and the file
    /// @throws FailedException when it cannot be written there
    public static void save(Path target, String what, Content content) throws InterruptedException {
        Path file = target.toAbsolutePath();
        @Nullable Path part = null;
        try {
            part = Files.createTempFile(Objects.requireNonNullElse(file.getParent(), file), ".darsena-", ".part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), BLOCK)) {
                content.writeTo(out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            part = null;
        } catch (IOException problem) {
            FailedException failure =
                    new FailedException("save", what, reason(problem), "choose another place, or make room there");
            failure.initCause(problem);
            throw failure;
        } finally {
            if (part != null) {
                deleteQuietly(part);
            }
        }
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
