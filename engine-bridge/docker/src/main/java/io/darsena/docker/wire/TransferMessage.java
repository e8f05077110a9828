package io.darsena.docker.wire;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.TransferProgress;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One line of the answer to an import or an export: how far it is, or how it ended. Exactly one part is there.
///
/// @param images what came in; empty at the end of an export
public record TransferMessage(
        Optional<TransferProgress> progress, Optional<List<ImageId>> images, Optional<JsonNode> failure) {

    public TransferMessage {
        failure = failure.filter(JsonNode::isObject);
    }

    public static TransferMessage of(TransferProgress progress) {
        return new TransferMessage(Optional.of(progress), Optional.empty(), Optional.empty());
    }

    public static TransferMessage of(List<ImageId> images) {
        return new TransferMessage(Optional.empty(), Optional.of(images), Optional.empty());
    }

    public static TransferMessage of(EngineException failure) {
        return new TransferMessage(
                Optional.empty(), Optional.empty(), Optional.of(Json.tree(FailureShape.of(failure))));
    }
}
