package io.darsena.engine.image;

import io.darsena.bridge.image.ImageId;
import java.util.List;

/// Who keeps an image from being removed. The rows of users refer to `images (id)`, so that the database itself
/// refuses what a race would let through; this gives the message its names.
@FunctionalInterface
public interface ImageUsers {

    /// Names of the containers made from this image. May read the database: it is called within a transaction.
    List<String> usersOf(ImageId image);

    /// Names of those in the trash, likewise.
    default List<String> trashedUsersOf(ImageId image) {
        return List.of();
    }

    /// Purges from the trash what was made from this image.
    default void purgeUsersOf(ImageId image) {}
}
