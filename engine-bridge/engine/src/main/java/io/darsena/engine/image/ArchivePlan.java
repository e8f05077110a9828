package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.image.document.Descriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an archive is to hold.
///
/// @param entries in the order in which they were asked for
/// @param blobs with their sizes, in the order in which they are written: a document before what it leads to
record ArchivePlan(List<Entry> entries, Map<Digest, Long> blobs) {

    /// One image under one name.
    ///
    /// @param target what the name stands for: the image's manifest, or the index by which it came
    record Entry(Image image, Optional<ImageReference> name, Descriptor target) {}

    long bytes() {
        return blobs.values().stream().mapToLong(Long::longValue).sum();
    }
}
