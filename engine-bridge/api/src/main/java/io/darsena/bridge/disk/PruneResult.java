package io.darsena.bridge.disk;

import io.darsena.bridge.image.ImageId;
import java.util.List;

/// What went.
///
/// @param freed bytes on disk
/// @param leftOut what the plan showed and that stayed
public record PruneResult(List<ImageId> images, long freed, List<LeftOut> leftOut) {

    public PruneResult {
        images = List.copyOf(images);
        leftOut = List.copyOf(leftOut);
    }

    /// @param subject what a list calls the image, or the digest of a part
    /// @param reason an English sentence without its full stop
    public record LeftOut(String subject, String reason) {}
}
