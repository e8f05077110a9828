package io.darsena.app.compare;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.layer.ConfigComparison.Told;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.LayerComparison.Layer;
import io.darsena.bridge.layer.TreeSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One of two that are compared, as it is on this machine: an image, or a container.
///
/// @param image of a container the one that it is of
/// @param written bytes of the files in a container's own layer; empty until they have been read, and of an image
record Subject(Image image, Optional<Container> container, OptionalLong written) {

    static Subject of(Image image) {
        return new Subject(image, Optional.empty(), OptionalLong.empty());
    }

    static Subject of(Container container, Image image) {
        return new Subject(image, Optional.of(container), OptionalLong.empty());
    }

    /// With what its files tell.
    Subject read(FileTree files) {
        return container.isEmpty()
                ? this
                : new Subject(image, container, OptionalLong.of(files.brought(FileTree.ROOT)));
    }

    TreeSource source() {
        return container
                .<TreeSource>map(known -> new TreeSource.OfContainer(known.id()))
                .orElseGet(() -> TreeSource.of(image));
    }

    String shortId() {
        return container
                .map(known -> known.id().shortId())
                .orElseGet(() -> image.id().shortId());
    }

    /// Bytes of all layers, while they are known.
    OptionalLong size() {
        if (container.isEmpty()) {
            return OptionalLong.of(image.size());
        }
        return written.isEmpty() ? written : OptionalLong.of(image.size() + written.getAsLong());
    }

    Told told() {
        return container.map(known -> Told.of(known, image)).orElseGet(() -> Told.of(image));
    }

    /// Lowest first; what a container has written has no bytes until it has been read.
    List<Layer> layers() {
        return container.isEmpty() ? Layer.of(image) : Layer.of(image, written.orElse(0));
    }
}
