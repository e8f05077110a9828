package io.darsena.bridge.registry;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// A tag that a repository has.
///
/// @param size bytes that travel of the image for this machine, or of what else it stands for; empty where the
///     registry does not tell
/// @param updated when it was given its present meaning; empty where the registry does not tell
public record FoundTag(String name, OptionalLong size, Optional<Instant> updated) {

    public static FoundTag of(String name) {
        return new FoundTag(name, OptionalLong.empty(), Optional.empty());
    }
}
