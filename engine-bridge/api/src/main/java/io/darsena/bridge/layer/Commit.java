package io.darsena.bridge.layer;

import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageReference;
import java.util.List;
import java.util.Optional;

/// How an image is to be made of what a container has changed.
///
/// @param name what the image is called; absent: it has no name
/// @param message what its history says, may be empty
/// @param author may be empty
/// @param config how it is to be run; absent: as the container's image
/// @param paths what of the changes goes into it, each with all below it; empty: all of them
/// @param pauses a container that runs is paused meanwhile, so that no file is half written
public record Commit(
        Optional<ImageReference> name,
        String message,
        String author,
        Optional<ImageConfig> config,
        List<FilePath> paths,
        boolean pauses) {

    public Commit {
        paths = List.copyOf(paths);
        if (name.filter(given -> given.digest().isPresent()).isPresent()) {
            throw new IllegalArgumentException("a new image cannot be named by a digest");
        }
    }

    /// Of all changes, configured as the image, without a name.
    public static Commit ofAll() {
        return new Commit(Optional.empty(), "", "", Optional.empty(), List.of(), true);
    }
}
