package io.darsena.engine.image;

import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What containers need of the image cache.
public interface ImageStore {

    /// Finds as [io.darsena.bridge.image.Images#find] does.
    ///
    /// @param operation a verb phrase for the message, as `create container web from`
    /// @throws io.darsena.bridge.error.NotFoundException when there is none
    Image require(String operation, String nameOrId);

    /// The directories an overlay of this image stacks, topmost first: its layers, and where directories would
    /// otherwise lose owner or mode one more on top. They stay as long as a row of a container refers to the
    /// image.
    List<Path> layerDirectories(ImageId image);

    /// A tar of the root directory alone, with the mode, the owner and the attributes that the image gives it; empty
    /// when these are the usual ones.
    Optional<byte[]> rootDirectory(ImageId image);
}
