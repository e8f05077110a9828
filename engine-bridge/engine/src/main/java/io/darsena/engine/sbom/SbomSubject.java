package io.darsena.engine.sbom;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import java.util.List;
import java.util.Optional;

/// What a bill of materials is about.
///
/// @param name of the image or container
/// @param digest of the image's manifest, or, for layers of one or a container, what its image's is
/// @param purl of the image as a registry knows it
/// @param layers the diff ids of the image's layers that are looked at, lowest first
record SbomSubject(String name, String digest, Optional<String> purl, List<DiffId> layers) {

    SbomSubject {
        layers = List.copyOf(layers);
    }

    /// @param layer up to which it is looked at
    static SbomSubject of(Image image, int layer) {
        List<DiffId> all = image.layers().stream().map(Image.Layer::diffId).toList();
        boolean whole = layer == all.size();
        return new SbomSubject(
                whole ? name(image) : name(image) + " (layers 1 to " + layer + ")",
                image.manifest().toString(),
                whole ? Purl.of(image) : Optional.empty(),
                all.subList(0, layer));
    }

    private static String name(Image image) {
        return image.names().stream()
                .findFirst()
                .map(ImageReference::familiar)
                .orElse(image.id().toString());
    }

    static SbomSubject of(Container container, Image image) {
        return new SbomSubject(
                "container " + container.name() + " of " + name(image),
                image.manifest().toString(),
                Optional.empty(),
                image.layers().stream().map(Image.Layer::diffId).toList());
    }

    /// The diff id of a package's layer; empty for what a container has written.
    Optional<DiffId> diffId(int layer) {
        return layer >= 1 && layer <= layers.size() ? Optional.of(layers.get(layer - 1)) : Optional.empty();
    }
}
