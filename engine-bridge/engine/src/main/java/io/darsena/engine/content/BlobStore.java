package io.darsena.engine.content;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/// Blobs by digest, exactly as received. A blob appears whole and verified or not at all; taking in one that is there
/// is not an error. Safe for use by several threads.
///
/// Blobs are not made durable one by one: see [#makeDurable].
public final class BlobStore {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
    private static final long SMALL = 4L << 20;
    private static final int BUFFER = 128 * 1024;

    private final EnginePaths paths;
    private final FreeSpace space;

    public BlobStore(EnginePaths paths) {
        this.paths = paths;
        this.space = new FreeSpace(paths.data());
    }

    /// Whether a blob of that digest and size is there. A small one is also read and verified, so that importing an
    /// image again mends its manifest and config.
    public boolean holds(Digest digest, long size) {
        Path file = paths.blob(digest);
        try {
            return Files.size(file) == size && (size > SMALL || isIntact(digest, file));
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw StorageFailure.of("read", "blob " + digest, e);
        }
    }

    private static boolean isIntact(Digest digest, Path file) throws IOException {
        try (DigestingStream stream = new DigestingStream(Files.newInputStream(file))) {
            stream.transferTo(OutputStream.nullOutputStream());
            return stream.digest().equals(digest);
        }
    }

    /// Stores bytes that are promised to have this digest and size.
    ///
    /// @param progress told of each part's number of bytes
    /// @throws CorruptedException when the promise is not kept; nothing is stored then
    /// @throws java.util.concurrent.CancellationException when the thread is interrupted
    public void take(Digest digest, long size, InputStream bytes, LongConsumer progress) {
        String subject = "blob " + digest;
        space.require("store", subject, size);
        try {
            store(subject, bytes, size, progress, found -> {
                if (!found.equals(digest)) {
                    throw new CorruptedException("store", subject, "its bytes have digest " + found, "get it again");
                }
            });
        } catch (IOException e) {
            throw StorageFailure.of("store", subject, e);
        }
    }

    /// Stores bytes whose digest nobody has told.
    ///
    /// @param size of the bytes
    /// @param found told of the digest just before the blob appears
    public Digest takeUnnamed(
            String subject, long size, InputStream bytes, LongConsumer progress, Consumer<Digest> found) {
        space.require("store", subject, size);
        try {
            return store(subject, bytes, size, progress, found);
        } catch (IOException e) {
            throw StorageFailure.of("store", subject, e);
        }
    }

    private Digest store(String subject, InputStream bytes, long size, LongConsumer progress, Consumer<Digest> judge)
            throws IOException {
        Path temporary = paths.ingest().resolve("blob-" + UUID.randomUUID());
        try {
            DigestingStream source = new DigestingStream(bytes);
            try (OutputStream sink =
                    Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                copy(subject, source, sink, size, progress);
            }
            Digest found = source.digest();
            judge.accept(found);
            Files.move(temporary, paths.blob(found), StandardCopyOption.ATOMIC_MOVE);
            return found;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void copy(String subject, InputStream source, OutputStream sink, long size, LongConsumer progress)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
            copied += count;
            if (copied > size) {
                throw new CorruptedException("store", subject, "it is longer than the " + size + " bytes promised", "");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw StorageFailure.cancelled("store", subject);
            }
            sink.write(buffer, 0, count);
            progress.accept(count);
        }
        if (copied < size) {
            throw new CorruptedException(
                    "store", subject, "it ends after " + copied + " of " + size + " bytes", "get it again");
        }
    }

    /// How many bytes it has; empty when it is not there.
    public OptionalLong size(Digest digest) {
        try {
            return OptionalLong.of(Files.size(paths.blob(digest)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        } catch (IOException e) {
            throw StorageFailure.of("read", "blob " + digest, e);
        }
    }

    /// Opens a blob's bytes; the caller closes. They were verified when they came in, and are not again.
    public InputStream open(Digest digest) {
        try {
            return Files.newInputStream(paths.blob(digest));
        } catch (IOException e) {
            throw missing(digest, e);
        }
    }

    /// A small blob's bytes, verified.
    ///
    /// @throws CorruptedException when it is larger than `limit`, missing, or damaged on disk
    public byte[] read(Digest digest, int limit) {
        try (InputStream stream = open(digest)) {
            DigestingStream verified = new DigestingStream(stream);
            byte[] bytes = verified.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new CorruptedException("read", "blob " + digest, "it is larger than " + limit + " bytes", "");
            }
            if (!verified.digest().equals(digest)) {
                throw new CorruptedException("read", "blob " + digest, "it is damaged", "import its image again");
            }
            return bytes;
        } catch (IOException e) {
            throw StorageFailure.of("read", "blob " + digest, e);
        }
    }

    private static RuntimeException missing(Digest digest, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new CorruptedException("read", "blob " + digest, "it is missing", "import its image again");
        }
        return StorageFailure.of("read", "blob " + digest, e);
    }

    /// Deletes a blob. A missing one is no error.
    public void delete(Digest digest) {
        try {
            Files.deleteIfExists(paths.blob(digest));
        } catch (IOException e) {
            throw StorageFailure.of("delete", "blob " + digest, e);
        }
    }

    /// All blobs there are.
    public List<Digest> digests() {
        List<Digest> digests = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(paths.blobs())) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (DIGITS.matcher(name).matches()) {
                    digests.add(new Digest(name));
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of("list", "blobs", e);
        }
        return digests;
    }

    /// Returns when all blobs and layers stored so far survive a power cut. To be called before a row tells of them.
    public void makeDurable() {
        try {
            FileSystemSync.sync(paths.data());
        } catch (IOException e) {
            throw StorageFailure.of("write to disk", paths.data().toString(), e);
        }
    }
}
