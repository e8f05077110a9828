package io.darsena.bridge.layer;

import io.darsena.bridge.image.DiffId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// One step in which an image was made (OCI image-spec, config, `history`).
///
/// @param layer which of the image's layers it made, the lowest being 1; absent where it changed the configuration
/// alone
/// @param diffId of that layer
/// @param instruction the history's `created_by`, as it stands there; may be empty
/// @param createdAt absent too when it is no date
/// @param author may be empty
/// @param comment may be empty
/// @param size bytes of the layer's files, unpacked
/// @param storedSize bytes of the layer's blob as received
/// @param entries how many the layer's tar has: files, directories, links, whiteouts
/// @param lines of the Dockerfile that asked for the layer, where its builder recorded them and that is here
public record LayerStep(
        OptionalInt layer,
        Optional<DiffId> diffId,
        String instruction,
        Optional<Instant> createdAt,
        String author,
        String comment,
        long size,
        long storedSize,
        long entries,
        Optional<DockerfileLines> lines) {

    /// It changed the configuration alone.
    public boolean isEmpty() {
        return layer.isEmpty();
    }
}
