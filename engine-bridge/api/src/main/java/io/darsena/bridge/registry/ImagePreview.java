package io.darsena.bridge.registry;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a pull of a name would bring, as manifest and configuration tell it; their bytes were verified, those of the
/// layers nobody has seen. True of the moment at which it was asked for: a tag may move before it is pulled.
///
/// @param digest by which the registry knows it: of the index where there is one, otherwise of the manifest
/// @param id that the image has once it is here
/// @param manifest the platform's
/// @param platform `os/architecture[/variant]`
/// @param createdAt as the image's config tells
/// @param layers lowest first
/// @param missing bytes that a pull would fetch, documents included
public record ImagePreview(
        ImageReference name,
        Digest digest,
        ImageId id,
        Digest manifest,
        String platform,
        Optional<Instant> createdAt,
        ImageConfig config,
        List<Layer> layers,
        long missing) {

    public ImagePreview {
        layers = List.copyOf(layers);
    }

    /// How large it is unpacked, nobody knows before it is here.
    ///
    /// @param storedSize bytes of the blob
    /// @param missing of these, bytes that a pull would fetch
    /// @param createdBy the history's word for it; may be empty
    public record Layer(DiffId diffId, Digest blob, long storedSize, long missing, String createdBy) {

        /// Nothing of it would be fetched.
        public boolean here() {
            return missing == 0;
        }
    }

    /// Sum of the layers' blobs in bytes.
    public long storedSize() {
        return layers.stream().mapToLong(Layer::storedSize).sum();
    }

    /// How many of the layers would be fetched, in part or whole.
    public long layersToFetch() {
        return layers.stream().filter(layer -> !layer.here()).count();
    }
}
