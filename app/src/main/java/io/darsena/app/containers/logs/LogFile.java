package io.darsena.app.containers.logs;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.error.FailedException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A log in a file: all of it that the engine keeps, as the program wrote it, not only what the view keeps of it.
final class LogFile {

    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);

    private final Path file;
    private final boolean times;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private long lines;
    private boolean within;

    private LogFile(Path file, boolean times) {
        this.file = file;
        this.times = times;
    }

    /// Writes what there is now, and returns how many lines that are. What stood in the file stays until all is
    /// written.
    ///
    /// @param times put the time in front of each line, as RFC 3339 says it
    static long save(LogsViewModel.Source source, ContainerId id, LogStreams streams, boolean times, Path file)
            throws InterruptedException {
        return new LogFile(file, times).save(source, id, streams.in(LogQuery.ALL));
    }

    private long save(LogsViewModel.Source source, ContainerId id, LogQuery query) throws InterruptedException {
        Path folder = file.toAbsolutePath().getParent();
        @Nullable Path part = null;
        try {
            part = Files.createTempFile(folder == null ? Path.of("/") : folder, ".darsena-log-", ".part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
                write(source, id, query, out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            part = null;
            return lines;
        } catch (IOException problem) {
            FailedException failure = new FailedException(
                    "save", "log to " + file, reason(problem), "choose another place, or make room there");
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

    private void write(LogsViewModel.Source source, ContainerId id, LogQuery query, OutputStream out)
            throws IOException, InterruptedException {
        Subscription reading = source.logs(id, query, new LogConsumer() {
            @Override
            public void records(List<LogRecord> batch) {
                take(batch, out);
            }

            @Override
            public void ended() {
                end.complete(null);
            }

            @Override
            public void failed(RuntimeException failure) {
                end.completeExceptionally(failure);
            }
        });
        try {
            end.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException problem) {
                throw problem;
            }
            throw failed.getCause() instanceof RuntimeException problem
                    ? problem
                    : new IllegalStateException(failed.getCause());
        } finally {
            reading.close();
        }
    }

    private void take(List<LogRecord> batch, OutputStream out) {
        if (end.isDone()) {
            return;
        }
        try {
            for (LogRecord record : batch) {
                if (times && !within) {
                    out.write((record.at() + " ").getBytes(StandardCharsets.US_ASCII));
                }
                out.write(record.text());
                within = record.partial();
                if (!within) {
                    out.write('\n');
                    lines++;
                }
            }
        } catch (IOException full) {
            end.completeExceptionally(full);
        }
    }
}
