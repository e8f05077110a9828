package io.darsena.engine.image;

import io.darsena.bridge.image.DiffId;
import io.darsena.engine.image.document.ConfigDocument;
import java.nio.file.Path;
import java.util.List;

/// An image as its layers lie on disk.
///
/// @param layers lowest first
public record LayeredImage(ConfigDocument config, List<Layer> layers) {

    public LayeredImage {
        layers = List.copyOf(layers);
    }

    /// @param index the extractor's list of its entries (native-runtime's PROTOCOL.md, extractor)
    /// @param content its unpacked tree
    /// @param size bytes of its files
    /// @param storedSize bytes of its blob
    /// @param entries how many its tar has
    public record Layer(DiffId diffId, Path index, Path content, long size, long storedSize, long entries) {}
}
