package io.darsena.bridge.registry;

import io.darsena.bridge.image.ImageReference;
import java.util.Optional;

/// What is to be pulled.
///
/// @param name with a tag, a digest, or both: then the digest counts and must be what the tag's content has
/// @param platform `os/architecture[/variant]`; empty for this machine's; [#EVERY_PLATFORM] for this machine's
///     and, beside it, what the name has for all others, to be saved or pushed as a whole
/// @param credential instead of the one kept for the registry
public record PullRequest(ImageReference name, Optional<String> platform, Optional<RegistryCredential> credential) {

    public static final String EVERY_PLATFORM = "all";

    public boolean wantsEveryPlatform() {
        return platform.filter(EVERY_PLATFORM::equals).isPresent();
    }

    public static PullRequest of(ImageReference name) {
        return new PullRequest(name, Optional.empty(), Optional.empty());
    }
}
