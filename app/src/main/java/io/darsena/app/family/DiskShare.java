package io.darsena.app.family;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image.Layer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// What layers take on disk.
///
/// @param files bytes of what they hold, unpacked
/// @param blobs bytes of what they came as, mostly compressed, which is kept beside it
public record DiskShare(long files, long blobs) {

    public long bytes() {
        return files + blobs;
    }

    /// Layers that are met one after the other, each of which is stored once, whatever it lies on.
    static final class Count {

        private final Set<DiffId> unpacked = new HashSet<>();
        private final Set<Digest> blobs = new HashSet<>();

        /// What these add to all that were met before.
        DiskShare add(Collection<Layer> layers) {
            long files = 0;
            long kept = 0;
            for (Layer layer : layers) {
                files += unpacked.add(layer.diffId()) ? layer.size() : 0;
                kept += blobs.add(layer.blob()) ? layer.storedSize() : 0;
            }
            return new DiskShare(files, kept);
        }
    }
}
