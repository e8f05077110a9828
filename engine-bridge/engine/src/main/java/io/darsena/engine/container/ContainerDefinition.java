package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.image.ImageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a container is from its creation to its removal: what was asked for, and what came of it together with its
/// image.
///
/// @param hostname as asked for; else the short id, or with the host's network the host's
/// @param arguments entrypoint and command together
/// @param environment complete, each name once
/// @param workingDirectory absolute
/// @param user as the image or the request says; may be empty
record ContainerDefinition(
        ContainerId id,
        ContainerSpec spec,
        ImageId image,
        String imageName,
        String hostname,
        List<String> arguments,
        List<String> environment,
        String workingDirectory,
        String user,
        Signal stopSignal,
        Instant createdAt) {

    ContainerDefinition {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
    }

    Duration stopTimeout() {
        return spec.stopTimeout().orElse(ContainerSpec.DEFAULT_STOP_TIMEOUT);
    }
}
