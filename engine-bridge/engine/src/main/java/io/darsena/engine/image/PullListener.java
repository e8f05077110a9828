package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import io.darsena.engine.image.document.Descriptor;
import java.util.List;

/// Hears how a pull goes on; called by several threads.
public interface PullListener {

    /// The image is known.
    ///
    /// @param manifest the one of this platform
    /// @param layers lowest first
    void selected(ImageId image, Descriptor manifest, String platform, List<Descriptor> layers);

    /// @param done bytes of the blob in all
    void layer(Digest blob, BlobStage stage, long done);

    /// Every layer is here, verified and unpacked.
    void layersAreHere();

    /// All is here and the image has its name; nobody has been told yet.
    void arrived(ImageId image);
}
