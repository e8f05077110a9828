package io.darsena.bridge.layer;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;

/// Whose files are looked at.
public sealed interface TreeSource {

    /// All layers of an image.
    static OfImage of(Image image) {
        return new OfImage(image.id(), image.layers().size());
    }

    /// What a container would see whose image ended with this layer.
    ///
    /// @param layer the lowest is 1
    record OfImage(ImageId image, int layer) implements TreeSource {}

    /// What a container sees: its image, and above it what it has written itself. It may write on meanwhile.
    record OfContainer(ContainerId container) implements TreeSource {}
}
