package io.darsena.app.containers.logs;

import io.darsena.app.session.WholeFile;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A log in a file: all of it that the engine keeps, as the program wrote it, not only what the view keeps of it.
final class LogFile {

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
        WholeFile.save(file, "log to " + file, out -> write(source, id, query, out));
        return lines;
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
