package io.darsena.bridge.layer;

import io.darsena.bridge.image.ImageId;
import java.util.List;

/// Looks into images. Nothing is unpacked for it: each layer's entries were listed when it came. All methods read from
/// disk and may take a second for an image of a million files.
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
    FileTree tree(ImageId image, int layer);

    /// What of the image's bytes no container will ever see.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such image
    Waste waste(ImageId image);
}
