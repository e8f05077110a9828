package io.darsena.app.files;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/// What is shown of a file as lines, which can be searched wherever its lines are broken.
interface SearchedLines extends List<FileLine> {

    /// Tells of each line in which what is sought begins, in order, some of them more than once.
    ///
    /// @param minding capital letters matter
    /// @throws CancellationException when the thread is interrupted
    void begins(String sought, boolean minding, IntConsumer line);

    /// So that a search of megabytes ends when nobody waits for it.
    static void goOn(int at) {
        if ((at & 0xfff) == 0 && Thread.currentThread().isInterrupted()) {
            throw new CancellationException();
        }
    }
}
