package io.darsena.bridge.layer;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.TransferProgress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/// Looks into images and into what containers have written. Nothing is unpacked for it: each layer's entries were
/// listed when it came. All methods read from disk and may take a second for an image of a million files.
public interface Layers {

    /// The steps that made the image, the first one first. An image whose history does not tell of each of its layers
    /// has one step a layer, without words.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such image
    List<LayerStep> steps(ImageId image);

    /// What a container would see whose image ended with this layer, and what that layer did to what lay below.
    ///
    /// @param layer the lowest is 1
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such image, or no such layer in it
    default FileTree tree(ImageId image, int layer) {
        return tree(new TreeSource.OfImage(image, layer));
    }

    /// What of a layer the layers above it hide. Its numbers are those of [#tree(ImageId, int)] of that layer.
    ///
    /// @param layer the lowest is 1
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such image, or no such layer in it
    HiddenLater hiddenLater(ImageId image, int layer);

    /// What of the bytes of a source nobody sees who looks at it. A container's own layer is one more than
    /// its image has: what it overwrites and removes of the image is hidden by it, and takes its room all
    /// the same. As it writes meanwhile, some of what it has just written may count and some not.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such image, layer or container
    Waste waste(TreeSource source);

    /// Looks for files of the same content outside of package caches. Those of a size that others have too,
    /// from 4096 bytes on, are read for it: of all those at most 2 GiB, which may take many seconds. What a
    /// container removes or makes another thing of meanwhile is left out. Interruption cancels.
    ///
    /// @param progress told of the bytes read, on the calling thread
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such image, layer or container
    Duplicates duplicates(TreeSource source, Consumer<? super TransferProgress> progress);

    /// Compares what only a look can tell of two sources ([TreeComparison#uncompared]): what files hold,
    /// byte by byte, and the values of extended attributes. At most 2 GiB are read in both together, small
    /// files first; of a large one no more than up to where it differs. What a container removes meanwhile,
    /// or makes of another size, is among what was not read. May take many seconds. Interruption cancels.
    ///
    /// @param files all files of both, as [#tree(TreeSource)] tells them, laid on each other
    /// with the layers of both
    /// @param progress told of the bytes compared, in both sources together, on the calling thread
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such image, layer or container
    /// @throws io.darsena.bridge.error.InvalidRequestException when the files are not those of so many
    /// layers
    ComparedContents compareContents(
            TreeSource before, TreeSource after, TreeComparison files, Consumer<? super TransferProgress> progress);

    /// The files of a source. Of a container the uppermost layer is its own, one more than its image has; what is
    /// marked there as added, changed and removed is what it has changed.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such image, layer or container
    FileTree tree(TreeSource source);

    /// The bytes of one file; links are not followed. To be closed, which may be done early. Of a file that a
    /// container writes meanwhile it gives as many bytes as it had.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such file
    /// @throws io.darsena.bridge.error.InvalidRequestException when it is no regular file
    InputStream content(TreeSource source, FilePath path);

    /// As [#archive(TreeSource, FilePath, byte[])]: names begin with the path's last name, those of the root with
    /// nothing, as of `docker export`.
    default TreeTar archive(TreeSource source, FilePath path) {
        return archive(source, path, path.name().bytes());
    }

    /// A tar of what lies at a path, with all that is below it. Owners are those that the container has. To be closed,
    /// which may be done early; when it comes to its end, it is whole.
    ///
    /// @param name what the path itself is called in the tar, and what the names below it begin with; the root
    ///     may be called nothing, and gets no entry then
    /// @throws io.darsena.bridge.error.NotFoundException when there is nothing
    /// @throws io.darsena.bridge.error.InvalidRequestException when the name is empty for anything but the root, or
    /// has a NUL
    TreeTar archive(TreeSource source, FilePath path, byte[] name);

    /// The extended attributes of a file or directory, by name; none of the root and of what is neither.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when there is nothing
    default List<ExtendedAttribute> attributes(TreeSource source, FilePath path) {
        if (path.isRoot()) {
            return List.of();
        }
        try (InputStream tar = archive(source, path)) {
            return ArchivedAttributes.read(tar);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    /// Makes an image of a container's image and of what it has changed. Durable when it returns.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such container, or nothing at one of the
    /// paths
    /// @throws io.darsena.bridge.error.DeniedException when it cannot be paused here: the message names the cure
    Committed commit(ContainerId container, Commit commit);

    /// Makes what a container has changed at these paths again what its image has: what was added is removed,
    /// what was changed has the image's content, owner, mode, times and extended attributes again, what was
    /// removed is back; of a directory with all that is below it, of the root all. This cannot be undone.
    ///
    /// Each file is reverted whole or not at all, whenever the engine ends. Of a container that runs or is paused
    /// it is done beside its own processes: what they have open stays the file that it was, and what they write
    /// meanwhile may be there afterwards. It is not started, stopped or removed before this returns. A failure
    /// may leave some of the paths reverted.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such container, or nothing has changed
    /// at one of the paths; then nothing is reverted
    /// @throws io.darsena.bridge.error.InvalidRequestException when Darsena itself puts it there at every start
    /// @throws io.darsena.bridge.error.ConflictException when a directory that it lies in is itself gone, when
    /// something is mounted there, or when the container has just ended: the message names the remedy
    void revert(ContainerId container, List<FilePath> paths);
}
