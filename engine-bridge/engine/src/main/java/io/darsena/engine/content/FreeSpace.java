package io.darsena.engine.content;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/// Keeps a file system from being filled to its last byte by what is taken in: the database and the containers'
/// logs live on it too. Safe for use by several threads.
public final class FreeSpace {

    private static final long RESERVE = 64L << 20;
    private static final long MEBIBYTE = 1L << 20;

    private final FileStore store;
    private final long reserve;

    public FreeSpace(Path directory) {
        this(directory, RESERVE);
    }

    /// @param reserve bytes that shall stay free
    public FreeSpace(Path directory, long reserve) {
        this.reserve = reserve;
        try {
            store = Files.getFileStore(directory);
        } catch (IOException e) {
            throw StorageFailure.of("find", "the file system of " + directory, e);
        }
    }

    /// @throws UnavailableException when that many bytes more would leave nothing in reserve
    public void require(String operation, String subject, long bytes) {
        long free;
        try {
            free = store.getUsableSpace();
        } catch (IOException e) {
            throw StorageFailure.of(operation, subject, e);
        }
        if (bytes > free - reserve) {
            String needed = bytes == 0 ? "" : "it needs " + bytes / MEBIBYTE + " MiB, ";
            String kept = reserve == 0 ? "" : ", " + reserve / MEBIBYTE + " are kept";
            throw StorageFailure.diskFull(operation, subject, needed + free / MEBIBYTE + " MiB are free" + kept);
        }
    }
}
