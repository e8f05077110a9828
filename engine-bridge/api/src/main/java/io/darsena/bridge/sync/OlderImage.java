package io.darsena.bridge.sync;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import java.util.Collection;
import java.util.Optional;

/// Tells whether a container is made from an image that its name has moved away from.
public final class OlderImage {

    private OlderImage() {}

    /// The name by which the container was made, when another image bears it now. A container that was
    /// made by an id or a digest is meant to stay with it.
    public static Optional<ImageReference> of(Container container, Collection<Image> images) {
        ImageReference name;
        try {
            name = ImageReference.parse(container.spec().image());
        } catch (IllegalArgumentException id) {
            return Optional.empty();
        }
        return images.stream()
                .filter(image -> image.names().contains(name))
                .findFirst()
                .filter(bearer -> !bearer.id().equals(container.image()))
                .map(newer -> name);
    }
}
