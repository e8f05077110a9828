package io.darsena.engine.image;

import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.Platform;
import java.util.List;
import java.util.Optional;

/// What is to be brought from a registry.
///
/// @param target the index or manifest that the name stands for there
/// @param name as it was asked for; an image that comes by digest alone gets no name
/// @param platform that it is to run on
/// @param everyPlatform whether what the target has for all others is to be kept beside it
/// @param layersAtOnce at most
public record PullOrder(
        Descriptor target, ImageReference name, Platform platform, boolean everyPlatform, int layersAtOnce) {

    /// What the registry knows the image by.
    ImageReference digest() {
        return name.at(target.digest());
    }

    Optional<ImageReference> tag() {
        return name.tag()
                .map(tag -> new ImageReference(name.registry(), name.repository(), Optional.of(tag), Optional.empty()));
    }

    List<ImageReference> names() {
        return tag().stream().toList();
    }
}
