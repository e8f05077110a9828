package io.darsena.docker.wire;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.PullResult;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One line of the answer to a pull or a push: how far it is, or how it ended. Exactly one part is there.
public record RegistryMessage(
        Optional<ImageTransfer> transfer,
        Optional<PullResult> pulled,
        Optional<Digest> pushed,
        Optional<JsonNode> failure) {

    public RegistryMessage {
        failure = failure.filter(JsonNode::isObject);
    }

    public static RegistryMessage of(ImageTransfer transfer) {
        return new RegistryMessage(Optional.of(transfer), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static RegistryMessage of(PullResult pulled) {
        return new RegistryMessage(Optional.empty(), Optional.of(pulled), Optional.empty(), Optional.empty());
    }

    public static RegistryMessage of(Digest pushed) {
        return new RegistryMessage(Optional.empty(), Optional.empty(), Optional.of(pushed), Optional.empty());
    }

    public static RegistryMessage of(EngineException failure) {
        return new RegistryMessage(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(Json.tree(FailureShape.of(failure))));
    }
}
