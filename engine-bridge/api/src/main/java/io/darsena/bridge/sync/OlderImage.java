package io.darsena.bridge.sync;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import java.util.Collection;
import java.util.Optional;

/// That a container is made from an image which its name has moved away from.
///
/// @param name by which the container was made
/// @param newer the image that bears it now
public record OlderImage(ImageReference name, Image newer) {

    /// Empty where the name still stands for the container's image. A container that was made by an id or a digest is
    /// meant to stay with it.
    public static Optional<OlderImage> of(Container container, Collection<Image> images) {
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
                .map(newer -> new OlderImage(name, newer));
    }
}
