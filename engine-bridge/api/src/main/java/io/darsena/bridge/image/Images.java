package io.darsena.bridge.image;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The local image cache.
public interface Images {

    /// The image that a new cache begins with.
    ImageReference STARTER = ImageReference.parse("darsena/starter:latest");

    /// In no particular order; only whole images.
    List<Image> list();

    /// Finds by reference (`busybox` means `docker.io/library/busybox:latest`), id, or a unique prefix of the
    /// id of at least four hex digits.
    ///
    /// @throws io.darsena.bridge.error.InvalidRequestException when a prefix fits several
    Optional<Image> find(String nameOrId);

    /// Imports every image of an archive or layout for this machine's platform: an OCI layout directory, an OCI
    /// archive (tar of one), or what `docker save` wrote; an archive may be compressed as a whole. Of an image for
    /// several platforms the index and what the source has of the other platforms is kept for [#save]. All or
    /// nothing for each image; what is there already is not stored again. Interrupting the thread cancels.
    ///
    /// @param progress called on the calling thread or one of the engine's own, at most some ten times a second
    /// @throws io.darsena.bridge.error.CorruptedException when a digest or diff-id does not match, or an
    ///     archive is broken
    /// @throws java.util.concurrent.CancellationException when the thread was interrupted; nothing half-made stays
    List<ImageId> importFrom(Path source, Consumer<? super TransferProgress> progress);

    /// Writes images into one archive at `file`, which appears whole or not at all, in the place of what was there.
    /// Equal images give equal bytes. Interrupting the thread cancels.
    ///
    /// @param images each a name, which the archive tells, or an id or a unique prefix of one, which leaves the
    ///     image nameless in it
    /// @param progress called on the calling thread, at most some ten times a second
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such image, or no such folder
    /// @throws io.darsena.bridge.error.CorruptedException when a blob of an image is damaged
    /// @throws io.darsena.bridge.error.UnavailableException when the disk has no room for it
    /// @throws java.util.concurrent.CancellationException when the thread was interrupted; nothing half-made stays
    void save(List<String> images, ArchiveFormat format, Path file, Consumer<? super TransferProgress> progress);

    /// As [#save(List, ArchiveFormat, Path, Consumer)], into a stream that stays open. Nothing is written before all
    /// images are found.
    void save(
            List<String> images,
            ArchiveFormat format,
            OutputStream stream,
            Consumer<? super TransferProgress> progress);

    /// Brings the starter image back, for whoever removed it and wants it again. One that is there is no error.
    ///
    /// @return its id
    ImageId restoreStarter();

    /// Gives an image one more name; a name that another image bore moves.
    void tag(ImageId id, ImageReference name);

    /// Takes a name away; the image stays. With its last name of a repository it is no longer known by a digest
    /// of that repository either. A name with a digest is taken away alone, and the tags stay; of several images
    /// that a registry knows by it, from the one that [#find] finds.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when no image bears the name
    void untag(ImageReference name);

    /// Removes the image with all its names, and the layers that no other image needs.
    ///
    /// @throws io.darsena.bridge.error.ConflictException when a container uses it, or one in the trash: the message
    ///     names them
    void remove(ImageId id);

    /// As [#remove], and purges first what uses it in the trash. Containers outside of it keep their image all the
    /// same.
    void forceRemove(ImageId id);

    /// The image's manifest and config as indented JSON.
    String inspect(ImageId id);
}
