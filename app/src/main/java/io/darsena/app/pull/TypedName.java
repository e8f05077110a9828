package io.darsena.app.pull;

import io.darsena.bridge.image.ImageReference;
import java.util.Optional;

/// What a person typed for an image's name.
///
/// @param reference what it means, if it is a name
/// @param problem what is wrong with it, as a key of the message bundles; empty when nothing is, or nothing is
///     typed
record TypedName(Optional<ImageReference> reference, String problem) {

    private static final String UNFINISHED = "pull.problem.unfinished";

    /// Whether it is the beginning of a name, and no mistake yet.
    boolean isUnfinished() {
        return problem.equals(UNFINISHED);
    }

    static TypedName of(String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return new TypedName(Optional.empty(), "");
        }
        try {
            return new TypedName(Optional.of(ImageReference.parse(text)), "");
        } catch (IllegalArgumentException wrong) {
            return new TypedName(Optional.empty(), problem(text));
        }
    }

    private static String problem(String text) {
        if (text.endsWith("/") || text.endsWith(":") || text.endsWith("@")) {
            return UNFINISHED;
        }
        if (text.contains("://")) {
            return "pull.problem.address";
        }
        int at = text.indexOf('@');
        if (at >= 0) {
            return "pull.problem.digest";
        }
        String repository = text.substring(text.indexOf('/') + 1);
        return repository.chars().anyMatch(Character::isUpperCase) && !repository.contains(":")
                ? "pull.problem.capitals"
                : "pull.problem.name";
    }
}
