package io.darsena.engine.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;

/// Hears what a name stands for at its registry when a pull or a push has just seen it.
@FunctionalInterface
public interface Arrivals {

    /// @param name with a tag
    /// @param image that bears it here
    void seen(ImageReference name, Digest digest, ImageId image);
}
