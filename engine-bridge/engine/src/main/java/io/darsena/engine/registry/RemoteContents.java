package io.darsena.engine.registry;

import io.darsena.bridge.image.Digest;
import java.util.Map;
import java.util.Optional;

/// What a name leads to at its registry, for one platform.
///
/// @param manifest the platform's; empty when there is nothing for it
/// @param parts documents, the index among them, and layers, with their bytes
public record RemoteContents(Optional<Digest> manifest, Map<Digest, Long> parts) {

    public RemoteContents {
        parts = Map.copyOf(parts);
    }
}
