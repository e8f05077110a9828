package io.darsena.docker.wire;

import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.error.UnavailableException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A failure as Docker's API tells it, `{"message": …}`, and beside the message its parts, from which a client of
/// Darsena's makes the same failure again.
public final class FailureShape {

    private static final String PARTS = "darsena";

    private FailureShape() {}

    public static Map<String, Object> of(EngineException failure) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("message", String.valueOf(failure.getMessage()));
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("kind", failure.kind());
        parts.put("operation", failure.operation());
        parts.put("subject", failure.subject());
        parts.put("reason", failure.reason());
        parts.put("remedy", failure.remedy());
        shape.put(PARTS, parts);
        return shape;
    }

    /// @param operation what is said to have failed, and of what, where the answer tells a message only
    public static EngineException read(int status, JsonNode body, String operation, String subject) {
        JsonNode parts = body.path(PARTS);
        if (parts.isObject()) {
            return make(
                    parts.path("kind").asString(""),
                    parts.path("operation").asString(""),
                    parts.path("subject").asString(""),
                    parts.path("reason").asString(""),
                    parts.path("remedy").asString(""));
        }
        String reason = body.path("message").asString("it answers " + status);
        return make(kind(status), operation, subject, reason, "");
    }

    /// The same failure in other words.
    public static EngineException reworded(EngineException failure, String before, String after) {
        return make(
                failure.kind(),
                failure.operation(),
                failure.subject().replace(before, after),
                failure.reason().replace(before, after),
                failure.remedy().replace(before, after));
    }

    private static String kind(int status) {
        return switch (status) {
            case 400, 405, 501 -> "invalid-request";
            case 403 -> "denied";
            case 404 -> "not-found";
            case 409 -> "conflict";
            case 422 -> "corrupted";
            case 503 -> "unavailable";
            default -> "failed";
        };
    }

    private static EngineException make(String kind, String operation, String subject, String reason, String remedy) {
        return switch (kind) {
            case "not-found" -> new NotFoundException(operation, subject, reason, remedy);
            case "conflict" -> new ConflictException(operation, subject, reason, remedy);
            case "invalid-request" -> new InvalidRequestException(operation, subject, reason, remedy);
            case "denied" -> new DeniedException(operation, subject, reason, remedy);
            case "unavailable" -> new UnavailableException(operation, subject, reason, remedy);
            case "corrupted" -> new CorruptedException(operation, subject, reason, remedy);
            default -> new FailedException(operation, subject, reason, remedy);
        };
    }
}
