package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.FreeSpace;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.image.LayerRows.Unpacked;
import io.darsena.engine.image.document.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Brings layers from registries: each streams once, from the network to its file, its digest and the extractor
/// at the same time, and becomes visible when digest and diff-id are right. Whoever needs a blob that another
/// pull is just fetching waits for that and hears its progress; if the other gives up, the one who waited goes on
/// from there. Safe for use by several threads.
final class LayerDownloads {

    private final BlobStore blobs;
    private final LayerStore layers;
    private final PartialBlobs partials;
    private final FreeSpace space;
    private final KeyedLocks<Digest> locks = new KeyedLocks<>();
    private final Map<Digest, Set<PullListener>> listeners = new ConcurrentHashMap<>();

    LayerDownloads(BlobStore blobs, LayerStore layers, PartialBlobs partials, FreeSpace space) {
        this.blobs = blobs;
        this.layers = layers;
        this.partials = partials;
        this.space = space;
    }

    /// Bytes that would have to come over the network.
    long missing(DiffId diffId, Descriptor blob) {
        return isHere(diffId, blob).isPresent() || blobs.holds(blob.digest(), blob.size())
                ? 0
                : Math.max(0, blob.size() - partials.size(blob.digest()));
    }

    /// @throws UnavailableException when the disk has no room for so many bytes
    void requireSpace(String subject, long bytes) {
        space.require("pull", subject, bytes);
    }

    private Optional<Unpacked> isHere(DiffId diffId, Descriptor blob) {
        return layers.unpackedFrom(diffId, blob)
                .filter(there -> blobs.size(blob.digest()).orElse(-1) == blob.size()
                        || layers.hasJustSeen(blob.digest()) && partials.size(blob.digest()) == blob.size());
    }

    Unpacked bring(DiffId diffId, Descriptor blob, ImageOrigin origin, PullListener listener) {
        return alone(blob, listener, () -> bring(diffId, blob, origin));
    }

    /// Brings a blob as it is stored, of which nothing is unpacked here.
    Digest keep(Descriptor blob, ImageOrigin origin, PullListener listener) {
        return alone(blob, listener, () -> {
            boolean here = blobs.holds(blob.digest(), blob.size());
            if (!here) {
                fetched(blob, origin, BlobStage.VERIFYING, bytes -> {
                    bytes.verify(digest(bytes));
                    return blob;
                });
                partials.promote(blob.digest());
            }
            tell(blob, here ? BlobStage.PRESENT : BlobStage.DONE, blob.size());
            return blob.digest();
        });
    }

    private static Digest digest(InputStream bytes) throws IOException {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(bytes, sha256).transferTo(OutputStream.nullOutputStream());
            return new Digest(HexFormat.of().formatHex(sha256.digest()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private <T> T alone(Descriptor blob, PullListener listener, KeyedLocks.Task<T> task) {
        Digest digest = blob.digest();
        listeners.compute(digest, (same, there) -> {
            Set<PullListener> all = there == null ? ConcurrentHashMap.newKeySet() : there;
            all.add(listener);
            return all;
        });
        try {
            return locks.holding(digest, task);
        } catch (IOException e) {
            throw StorageFailure.of("pull", "layer " + digest, e);
        } catch (InterruptedException e) {
            throw StorageFailure.cancelled("pull", "layer " + digest);
        } finally {
            listeners.computeIfPresent(digest, (same, all) -> {
                all.remove(listener);
                return all.isEmpty() ? null : all;
            });
        }
    }

    private Unpacked bring(DiffId diffId, Descriptor blob, ImageOrigin origin) throws IOException {
        Optional<Unpacked> here = isHere(diffId, blob);
        if (here.isPresent()) {
            tell(blob, BlobStage.PRESENT, blob.size());
            return here.get();
        }
        Unpacked unpacked;
        if (blobs.holds(blob.digest(), blob.size())) {
            tell(blob, BlobStage.UNPACKING, blob.size());
            unpacked = layers.unpack(diffId, blob.digest(), blob.size(), bytes -> {});
        } else {
            unpacked = fetched(
                    blob,
                    origin,
                    BlobStage.UNPACKING,
                    bytes -> layers.unpack(diffId, blob, bytes, digest -> {
                        tell(blob, BlobStage.VERIFYING, blob.size());
                        bytes.verify(digest);
                    }));
        }
        tell(blob, BlobStage.DONE, blob.size());
        return unpacked;
    }

    /// What an earlier pull has left may have been damaged since, and a mirror may lie: then all comes anew.
    ///
    /// @param then what it does when all bytes are here
    private <T> T fetched(Descriptor blob, ImageOrigin origin, BlobStage then, Taking<T> taking) throws IOException {
        while (true) {
            boolean again;
            CorruptedException refused;
            try (PartialBlob bytes = new PartialBlob(partials.file(blob.digest()), blob, origin, done -> {
                tell(blob, done == blob.size() ? then : BlobStage.DOWNLOADING, done);
            })) {
                try {
                    return taking.from(bytes);
                } catch (CorruptedException wrong) {
                    again = bytes.isContinued() || origin.distrust(blob);
                    refused = wrong;
                }
            } catch (UnavailableException failed) {
                dropWhenFull(blob, failed);
                throw failed;
            }
            partials.delete(blob.digest());
            if (!again) {
                throw refused;
            }
        }
    }

    /// Reads a blob to its end and verifies it.
    private interface Taking<T> {
        T from(PartialBlob bytes) throws IOException;
    }

    /// On a full disk a part of a blob is of less use than the room it takes.
    private void dropWhenFull(Descriptor blob, UnavailableException failed) {
        if (StorageFailure.isDiskFull(failed)) {
            partials.delete(blob.digest());
        }
    }

    private void tell(Descriptor blob, BlobStage stage, long done) {
        listeners.getOrDefault(blob.digest(), Set.of()).forEach(each -> each.layer(blob.digest(), stage, done));
    }
}
