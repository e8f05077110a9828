package io.darsena.bridge.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a name stands for at its registry.
///
/// @param digest of the index where there is one, otherwise of the manifest
/// @param size bytes of that document
/// @param platforms `os/architecture[/variant]`, in the index's order; of a single manifest its own, or none if
///     unknown
/// @param missing bytes that a pull for this machine would fetch; empty when there is nothing for it
/// @param rate what the registry says of its rate limit
public record RemoteImage(
        ImageReference name,
        Digest digest,
        String mediaType,
        long size,
        List<String> platforms,
        OptionalLong missing,
        Optional<RateGauge> rate) {

    public RemoteImage {
        platforms = List.copyOf(platforms);
    }
}
