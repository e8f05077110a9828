package io.darsena.docker.wire;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.image.TransferProgress;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// One line of the answer to a search through what files hold: how far it is, or how it ended. Exactly one part is
/// there.
///
/// @param found what the search gives, as JSON ([BridgeJson#read(Class, JsonNode)])
public record SearchMessage(Optional<TransferProgress> progress, Optional<JsonNode> found, Optional<JsonNode> failure) {

    public SearchMessage {
        found = found.filter(JsonNode::isObject);
        failure = failure.filter(JsonNode::isObject);
    }

    public static SearchMessage of(TransferProgress progress) {
        return new SearchMessage(Optional.of(progress), Optional.empty(), Optional.empty());
    }

    public static SearchMessage ofFound(Object found) {
        return new SearchMessage(Optional.empty(), Optional.of(BridgeJson.tree(found)), Optional.empty());
    }

    public static SearchMessage of(EngineException failure) {
        return new SearchMessage(Optional.empty(), Optional.empty(), Optional.of(Json.tree(FailureShape.of(failure))));
    }
}
