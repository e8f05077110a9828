package io.darsena.engine.layer;

import io.darsena.bridge.image.TransferProgress;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/// How far a search through files is, told now and then; an interruption of its thread ends it. Used by that thread.
final class SearchMeter {

    private static final long NANOS_BETWEEN = 100_000_000;

    private final String searched;
    private final String subject;
    private final long total;
    private final Consumer<? super TransferProgress> progress;
    private long done;
    private long told = System.nanoTime();

    /// @param searched what of the subject is compared, as `the files of`
    /// @param total bytes that will be read
    SearchMeter(String searched, String subject, long total, Consumer<? super TransferProgress> progress) {
        this.searched = searched;
        this.subject = subject;
        this.total = total;
        this.progress = progress;
    }

    /// Tells how far it is.
    void tell() {
        told = System.nanoTime();
        progress.accept(new TransferProgress("comparing", subject, done, OptionalLong.of(total)));
    }

    /// @throws CancellationException as of [#refuseIfCancelled]
    void count(long bytes) {
        done += bytes;
        if (System.nanoTime() - told > NANOS_BETWEEN) {
            refuseIfCancelled();
            tell();
        }
    }

    /// @throws CancellationException when the thread has been interrupted
    void refuseIfCancelled() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted while " + searched + " " + subject + " were compared");
        }
    }
}
