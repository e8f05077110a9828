package io.darsena.docker.wire;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.image.ImageConfig;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Reads how the image of `POST /commit` shall be run (Engine API, ImageCommit): as the container is, but for what the
/// body and the changes say.
public final class CommitRequest {

    private final JsonNode body;
    private final List<String> changes;

    /// @param body a `ContainerConfig`, or nothing
    /// @param changes instructions of a Dockerfile
    public CommitRequest(JsonNode body, List<String> changes) {
        this.body = body;
        this.changes = List.copyOf(changes);
    }

    /// @param image of the container's image
    /// @throws InvalidRequestException saying what is malformed
    public ImageConfig config(ImageConfig image, Container container) {
        try {
            RunConfig present = RunConfig.of(image, container);
            Fields fields = Fields.of("the body", body);
            RunConfig wanted = fields.node().isEmpty() ? RunConfig.of(image, container) : RunConfig.of(fields);
            wanted.change(changes);
            wanted.complete(present);
            return wanted.image();
        } catch (IllegalArgumentException invalid) {
            throw new InvalidRequestException(
                    "commit", "container " + container.name(), String.valueOf(invalid.getMessage()), "");
        }
    }
}
