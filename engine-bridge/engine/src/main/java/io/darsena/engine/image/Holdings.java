package io.darsena.engine.image;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.store.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What imports under way rely on, and the removal of what nothing relies on any more: neither a row nor an import.
/// Its monitor owns all state and keeps the two apart: what has been held is there until it is let go of.
final class Holdings {

    private final Database database;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final Map<Digest, Integer> heldBlobs = new ConcurrentHashMap<>();
    private final Map<DiffId, Integer> heldLayers = new ConcurrentHashMap<>();

    Holdings(Database database, BlobStore blobs, LayerStore layers) {
        this.database = database;
        this.blobs = blobs;
        this.layers = layers;
    }

    /// Begins an import's holding. Closing it removes what it held and no row refers to.
    Hold hold() {
        return new Hold();
    }

    final class Hold implements AutoCloseable {
        private final Set<Digest> ofBlobs = new HashSet<>();
        private final Set<DiffId> ofLayers = new HashSet<>();

        /// From now on the blob is not removed if it is there. Idempotent.
        void on(Digest blob) {
            synchronized (Holdings.this) {
                if (ofBlobs.add(blob)) {
                    heldBlobs.merge(blob, 1, Integer::sum);
                }
            }
        }

        void on(DiffId layer) {
            synchronized (Holdings.this) {
                if (ofLayers.add(layer)) {
                    heldLayers.merge(layer, 1, Integer::sum);
                }
            }
        }

        @Override
        public void close() {
            List<Path> setAside;
            synchronized (Holdings.this) {
                ofBlobs.forEach(blob -> heldBlobs.computeIfPresent(blob, Holdings::less));
                ofLayers.forEach(layer -> heldLayers.computeIfPresent(layer, Holdings::less));
                setAside = setAside(ofBlobs, ofLayers);
                ofBlobs.clear();
                ofLayers.clear();
            }
            setAside.forEach(layers::delete);
        }
    }

    private static @Nullable Integer less(Object key, int count) {
        return count == 1 ? null : count - 1;
    }

    /// Whether something under way relies on it. Takes no lock, so that it may be asked within a
    /// transaction: whoever holds and then finds the row is seen here before the row can go.
    boolean isHeld(Digest blob) {
        return heldBlobs.containsKey(blob);
    }

    boolean isHeld(DiffId layer) {
        return heldLayers.containsKey(layer);
    }

    /// Removes those of the given blobs and layers that nothing relies on.
    void removeUnneeded(Collection<Digest> blobCandidates, Collection<DiffId> layerCandidates) {
        setAside(blobCandidates, layerCandidates).forEach(layers::delete);
    }

    /// The trees are deleted later, without the monitor: that may take long.
    private synchronized List<Path> setAside(Collection<Digest> blobCandidates, Collection<DiffId> layerCandidates) {
        List<Path> setAside = new ArrayList<>();
        for (DiffId layer : layerCandidates) {
            if (heldLayers.containsKey(layer)) {
                continue;
            }
            if (database.read(session -> LayerRows.existsLayer(session, layer))) {
                layers.forget(layer);
            } else {
                layers.setAside(layer).ifPresent(setAside::add);
            }
        }
        for (Digest blob : blobCandidates) {
            if (!heldBlobs.containsKey(blob) && !database.read(session -> LayerRows.isBlobUsed(session, blob))) {
                blobs.delete(blob);
            }
        }
        return setAside;
    }
}
