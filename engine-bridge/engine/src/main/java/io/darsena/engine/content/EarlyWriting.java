package io.darsena.engine.content;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the disk write while an image comes: what is to be on disk in the end is written while the processors unpack
/// what
/// follows, so that little is left for the call that makes the image durable ([BlobStore#makeDurable]). The kernel by
/// itself would begin with it after five to thirty seconds only (`vm.dirty_writeback_centisecs`,
/// `vm.dirty_expire_centisecs`).
public final class EarlyWriting implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EarlyWriting.class);

    /// Shorter imports are over before it would be of use.
    private static final Duration BETWEEN = Duration.ofMillis(700);

    private final CountDownLatch closed = new CountDownLatch(1);

    private EarlyWriting() {}

    @FunctionalInterface
    interface Sync {
        void run() throws IOException;
    }

    /// Begins with it, on a thread of its own.
    ///
    /// @param directory on the file system that is written to
    public static EarlyWriting on(Path directory) {
        return of(() -> FileSystemSync.sync(directory), BETWEEN);
    }

    static EarlyWriting of(Sync sync, Duration between) {
        EarlyWriting writing = new EarlyWriting();
        Thread.ofPlatform().daemon().name("darsena-early-writing").start(() -> writing.run(sync, between));
        return writing;
    }

    private void run(Sync sync, Duration between) {
        try {
            while (!closed.await(between.toMillis(), TimeUnit.MILLISECONDS)) {
                sync.run();
            }
        } catch (IOException later) {
            // Whoever makes the image durable meets it again, and tells it.
            LOG.debug("nothing is written early", later);
        } catch (InterruptedException unheard) {
            Thread.currentThread().interrupt();
        }
    }

    /// Does not wait for a call that goes on.
    @Override
    public void close() {
        closed.countDown();
    }
}
