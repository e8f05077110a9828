package io.darsena.docker.wire;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.layer.Duplicates;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One line of the answer to a search for files of the same content: how far it is, or how it ended. Exactly one part
/// is there.
public record DuplicatesMessage(
        Optional<TransferProgress> progress, Optional<Duplicates> found, Optional<JsonNode> failure) {

    public DuplicatesMessage {
        failure = failure.filter(JsonNode::isObject);
    }

    public static DuplicatesMessage of(TransferProgress progress) {
        return new DuplicatesMessage(Optional.of(progress), Optional.empty(), Optional.empty());
    }

    public static DuplicatesMessage of(Duplicates found) {
        return new DuplicatesMessage(Optional.empty(), Optional.of(found), Optional.empty());
    }

    public static DuplicatesMessage of(EngineException failure) {
        return new DuplicatesMessage(
                Optional.empty(), Optional.empty(), Optional.of(Json.tree(FailureShape.of(failure))));
    }
}
