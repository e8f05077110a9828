package io.darsena.runtime;

import java.io.InputStream;

/// A tar on its way from an archiver. For one reading thread; [#close] may come from any, and ends the archiver.
public interface TreeArchive extends AutoCloseable {

    /// The tar's bytes, as they are made. Its end comes only when the whole plan has been archived; until then,
    /// reading fails with [PathMissingException] or [RuntimeUnavailableException], or with what the plan has
    /// thrown. Closing it closes the archive.
    InputStream tar();

    /// What the tar holds, when it has been read to its end.
    ///
    /// @throws IllegalStateException before that
    Summary summary();

    @Override
    void close();

    /// @param bytes the sum of the files' sizes, each hard link counted once
    /// @param skipped what was left out: sockets, what may not be read, what a plan said may be missing,
    ///     attributes that are too many
    record Summary(long entries, long bytes, long skipped) {}
}
