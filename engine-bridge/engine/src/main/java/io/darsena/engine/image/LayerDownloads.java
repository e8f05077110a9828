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
        Digest digest = blob.digest();
        listeners.compute(digest, (same, there) -> {
            Set<PullListener> all = there == null ? ConcurrentHashMap.newKeySet() : there;
            all.add(listener);
            return all;
        });
        try {
            return locks.holding(digest, () -> bring(diffId, blob, origin));
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
            unpacked = download(diffId, blob, origin);
        }
        tell(blob, BlobStage.DONE, blob.size());
        return unpacked;
    }

    /// What an earlier pull has left may have been damaged since, and a mirror may lie: then all comes anew.
    private Unpacked download(DiffId diffId, Descriptor blob, ImageOrigin origin) throws IOException {
        while (true) {
            boolean again;
            CorruptedException refused;
            try (PartialBlob bytes = new PartialBlob(
                    partials.file(blob.digest()), blob, origin, done -> tell(blob, stage(blob, done), done))) {
                try {
                    return layers.unpack(diffId, blob, bytes, bytes::verify);
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

    private static BlobStage stage(Descriptor blob, long done) {
        return done == blob.size() ? BlobStage.UNPACKING : BlobStage.DOWNLOADING;
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
