package io.darsena.bridge.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The local image cache.
public interface Images {

    /// In no particular order; only whole images.
    List<Image> list();

    /// Finds by reference (`busybox` means `docker.io/library/busybox:latest`), id, or a unique prefix of the
    /// id of at least four hex digits.
    ///
    /// @throws io.darsena.bridge.error.InvalidRequestException when a prefix fits several
    Optional<Image> find(String nameOrId);

    /// Imports every image of an archive or layout for this machine's platform: an OCI layout directory, or
    /// an OCI archive (tar of one). All or nothing for each image; what is there already is not stored again.
    /// Interrupting the thread cancels.
    ///
    /// @param progress called on the calling thread or one of the engine's own, at most some ten times a second
    /// @throws io.darsena.bridge.error.CorruptedException when a digest or diff-id does not match, or an
    ///     archive is broken
    /// @throws java.util.concurrent.CancellationException when the thread was interrupted; nothing half-made stays
    List<ImageId> importFrom(Path source, Consumer<? super ImportProgress> progress);

    /// Gives an image one more name; a name that another image bore moves.
    void tag(ImageId id, ImageReference name);

    void untag(ImageReference name);

    /// Removes the image with all its names, and the layers that no other image needs.
    ///
    /// @throws io.darsena.bridge.error.ConflictException when a container uses it: the message names them
    void remove(ImageId id);

    /// The image's manifest and config as indented JSON.
    String inspect(ImageId id);
}
