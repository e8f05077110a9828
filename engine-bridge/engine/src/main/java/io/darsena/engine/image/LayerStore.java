package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.FreeSpace;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.image.LayerRows.LayerFacts;
import io.darsena.engine.image.LayerRows.Unpacked;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.store.Database;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.LayerExtraction;
import io.darsena.runtime.LayerRejectedException;
import io.darsena.runtime.RuntimeUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Unpacked layers by diff-id. A layer appears whole and verified or not at all; two imports that need the same
/// one share one unpacking. Safe for use by several threads.
///
/// Whoever asks for a layer holds it ([Holdings]) before, and until a row refers to it.
final class LayerStore {

    private static final Logger LOG = LoggerFactory.getLogger(LayerStore.class);
    private static final int BUFFER = 64 * 1024;
    private static final int DIRECTORY_MODE = 0755;
    private static final long SPACE_CHECK_NANOS = 50_000_000;

    private final EnginePaths paths;
    private final Database database;
    private final BlobStore blobs;
    private final ContainerRuntime runtime;
    private final FreeSpace space;
    private final KeyedLocks<DiffId> locks = new KeyedLocks<>();

    /// Layers that are in place but may have no row yet, with the blobs they were seen to come from.
    private final Map<DiffId, LayerFacts> fresh = new ConcurrentHashMap<>();

    private final Map<Digest, DiffId> freshBlobs = new ConcurrentHashMap<>();

    LayerStore(EnginePaths paths, Database database, BlobStore blobs, ContainerRuntime runtime) {
        this.paths = paths;
        this.database = database;
        this.blobs = blobs;
        this.runtime = runtime;
        this.space = new FreeSpace(paths.data());
    }

    /// Sees to it that the layer is there, unpacked from this stored blob unless that has been done.
    ///
    /// @param progress told of each part of the blob's bytes
    /// @throws CorruptedException when the blob does not unpack to this layer
    Unpacked unpack(DiffId diffId, Digest blob, long storedBytes, LongConsumer progress) {
        return alone(diffId, "layer " + blob, () -> {
            Optional<LayerFacts> there = find(diffId);
            if (there.isPresent() && isKnownBlob(diffId, blob)) {
                progress.accept(storedBytes);
                return new Unpacked(there.get(), blob, storedBytes);
            }
            LayerFacts facts;
            try (InputStream stream = blobs.open(blob)) {
                facts = unpack(diffId, stream, "layer " + blob, there.isEmpty(), digest -> {}, progress);
            }
            freshBlobs.put(blob, diffId);
            return new Unpacked(facts, blob, storedBytes);
        });
    }

    /// As [#unpack(DiffId, Digest, long, LongConsumer)], of a blob that is on its way.
    ///
    /// @param bytes opened when they are first read; stay open
    /// @param verified run when all have been read and before the layer appears; throws when they are not the
    ///     blob's
    Unpacked unpack(DiffId diffId, Descriptor blob, InputStream bytes, Consumer<Digest> verified) {
        String subject = "layer " + blob.digest();
        return alone(diffId, subject, () -> {
            boolean wanted = find(diffId).isEmpty();
            LayerFacts facts = unpack(diffId, bytes, subject, wanted, verified, read -> {});
            freshBlobs.put(blob.digest(), diffId);
            return new Unpacked(facts, blob.digest(), blob.size());
        });
    }

    /// The layer, if it is there and was seen to come from this blob.
    Optional<Unpacked> unpackedFrom(DiffId diffId, Descriptor blob) {
        return isKnownBlob(diffId, blob.digest())
                ? find(diffId).map(facts -> new Unpacked(facts, blob.digest(), blob.size()))
                : Optional.empty();
    }

    /// Whether this blob was verified and unpacked by this engine, and its layer is still there.
    boolean hasJustSeen(Digest blob) {
        return freshBlobs.containsKey(blob);
    }

    /// Unpacks a layer of our own making.
    LayerFacts unpack(DiffId diffId, byte[] tar) {
        String subject = "layer of parents";
        return alone(diffId, subject, () -> {
            Optional<LayerFacts> there = find(diffId);
            return there.isPresent()
                    ? there.get()
                    : unpack(diffId, new ByteArrayInputStream(tar), subject, true, digest -> {}, bytes -> {});
        });
    }

    private <T> T alone(DiffId diffId, String subject, KeyedLocks.Task<T> task) {
        try {
            return locks.holding(diffId, task);
        } catch (IOException e) {
            throw StorageFailure.of("unpack", subject, e);
        } catch (InterruptedException e) {
            throw StorageFailure.cancelled("unpack", subject);
        }
    }

    private Optional<LayerFacts> find(DiffId diffId) {
        if (!isInPlace(diffId)) {
            return Optional.empty();
        }
        Optional<LayerFacts> found = Optional.ofNullable(fresh.get(diffId));
        return found.isPresent() ? found : database.read(session -> LayerRows.find(session, diffId));
    }

    boolean isInPlace(DiffId diffId) {
        return Files.isDirectory(paths.layerContent(diffId));
    }

    /// Certainly not there: more than that it cannot be looked at now.
    boolean isGone(DiffId diffId) {
        return Files.notExists(paths.layerContent(diffId));
    }

    private boolean isKnownBlob(DiffId diffId, Digest blob) {
        return diffId.equals(freshBlobs.get(blob))
                || database.read(session -> LayerRows.isKnownBlob(session, diffId, blob));
    }

    /// @param keep the layer is wanted; otherwise only whether these bytes make it
    private LayerFacts unpack(
            DiffId diffId,
            InputStream bytes,
            String subject,
            boolean keep,
            Consumer<Digest> verified,
            LongConsumer progress)
            throws IOException {
        Path temporary = Files.createDirectory(paths.ingest().resolve("layer-" + UUID.randomUUID()));
        boolean placed = false;
        try {
            LayerExtraction.Result result = extract(temporary, bytes, subject, progress);
            verified.accept(Digest.parse(result.blob()));
            if (!result.diffId().equals(diffId.toString())) {
                throw new CorruptedException(
                        "unpack", subject, "it unpacks to " + result.diffId() + ", not to " + diffId, "get it again");
            }
            boolean implied = LayerIndex.hasImpliedParents(temporary.resolve(EnginePaths.LAYER_INDEX));
            LayerFacts facts =
                    new LayerFacts(diffId, result.contentBytes(), result.tarBytes(), result.entries(), implied);
            if (keep) {
                placed = place(diffId, temporary);
                fresh.put(diffId, facts);
            }
            return facts;
        } finally {
            if (!placed) {
                setAside(temporary).ifPresent(this::delete);
            }
        }
    }

    /// A layer that is in place is never replaced, though its row may be gone: another import may rely on
    /// it, and a container be started from it before this one looks again. What a crash left is gone since
    /// the engine's start.
    ///
    /// @return false when it was in place
    private boolean place(DiffId diffId, Path temporary) throws IOException {
        Path target = paths.layer(diffId);
        if (isInPlace(diffId)) {
            return false;
        }
        if (Files.exists(target)) {
            setAside(diffId).ifPresent(this::delete);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private LayerExtraction.Result extract(Path directory, InputStream bytes, String subject, LongConsumer progress)
            throws IOException {
        Path content = directory.resolve(EnginePaths.LAYER_CONTENT);
        try {
            runtime.makeDirectory(content, DIRECTORY_MODE);
            try (LayerExtraction extraction = runtime.extract(content, directory.resolve(EnginePaths.LAYER_INDEX))) {
                feed(bytes, extraction.sink(), subject, progress);
                return extraction.finish();
            }
        } catch (LayerRejectedException e) {
            throw told(rejection(subject, e), e);
        } catch (RuntimeUnavailableException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw StorageFailure.cancelled("unpack", subject);
            }
            String reason = String.valueOf(e.getMessage());
            throw told(
                    isFull(reason)
                            ? diskFull(subject, reason)
                            : new UnavailableException("unpack", subject, reason, ""),
                    e);
        }
    }

    private void feed(InputStream source, OutputStream sink, String subject, LongConsumer progress) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long checked = System.nanoTime() - SPACE_CHECK_NANOS;
        for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
            if (Thread.currentThread().isInterrupted()) {
                throw StorageFailure.cancelled("unpack", subject);
            }
            if (System.nanoTime() - checked >= SPACE_CHECK_NANOS) {
                space.require("unpack", subject, 0);
                checked = System.nanoTime();
            }
            sink.write(buffer, 0, count);
            progress.accept(count);
        }
    }

    private static EngineException rejection(String subject, LayerRejectedException e) {
        String reason = String.valueOf(e.getMessage());
        return isFull(reason)
                ? diskFull(subject, reason)
                : new CorruptedException("unpack", subject, reason, "get it again, or tell who made it");
    }

    private static boolean isFull(String reason) {
        return reason.contains("No space left on device") || reason.contains("Disk quota exceeded");
    }

    private static UnavailableException diskFull(String subject, String reason) {
        return StorageFailure.diskFull("unpack", subject, reason);
    }

    private static EngineException told(EngineException told, Exception cause) {
        told.initCause(cause);
        return told;
    }

    /// Forgets what it knew of a layer besides its row.
    void forget(DiffId diffId) {
        fresh.remove(diffId);
        freshBlobs.values().removeIf(diffId::equals);
    }

    /// Takes the layer out of its place at once; what remains is to be given to [#delete].
    Optional<Path> setAside(DiffId diffId) {
        forget(diffId);
        return setAside(paths.layer(diffId));
    }

    /// Moves a tree to the trash, which is one step. A missing one is no error.
    Optional<Path> setAside(Path tree) {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Path out = paths.trash().resolve(UUID.randomUUID().toString());
        try {
            Files.move(tree, out, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw StorageFailure.of("delete", tree.toString(), e);
        }
        return Optional.of(out);
    }

    /// What cannot be deleted now is deleted when the next engine starts.
    void delete(Path tree) {
        boolean interrupted = Thread.interrupted();
        try {
            runtime.delete(tree);
        } catch (RuntimeUnavailableException e) {
            LOG.warn("{} is left for the next start to delete: {}", tree, e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
