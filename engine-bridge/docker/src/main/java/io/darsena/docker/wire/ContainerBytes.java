package io.darsena.docker.wire;

import io.darsena.bridge.container.ContainerId;

/// What one container takes on the disk.
public record ContainerBytes(ContainerId id, long bytes) {}
