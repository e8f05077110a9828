package io.darsena.bridge.trash;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.ImageId;
import java.time.Instant;
import java.util.OptionalLong;

/// A container in the trash.
///
/// @param container as it was when it was put there; removing while it is purged, dead when that failed
/// @param bytes what its writable layer and its log take on disk; empty until that is measured
public record TrashEntry(Container container, Instant removedAt, OptionalLong bytes) {

    public ContainerId id() {
        return container.id();
    }

    /// The image that cannot be removed as long as this is in the trash.
    public ImageId image() {
        return container.image();
    }
}
