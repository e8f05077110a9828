package io.darsena.bridge.registry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How registries are talked to.
///
/// @param registries those with something set, each at most once
/// @param layersAtOnce of one pull, 1 to 16
public record RegistrySettings(List<RegistryConfig> registries, int layersAtOnce) {

    public static final RegistrySettings DEFAULT = new RegistrySettings(List.of(), 4);

    private static final int MOST_REGISTRIES = 500;
    private static final int MOST_LAYERS = 16;

    /// @throws IllegalArgumentException when it says why
    public RegistrySettings {
        registries = registries.stream().sorted().toList();
        if (registries.size() > MOST_REGISTRIES) {
            throw new IllegalArgumentException("more than " + MOST_REGISTRIES + " registries");
        }
        if (registries.stream().map(RegistryConfig::registry).distinct().count() < registries.size()) {
            throw new IllegalArgumentException("a registry stands in the list twice");
        }
        if (layersAtOnce < 1 || layersAtOnce > MOST_LAYERS) {
            throw new IllegalArgumentException("layers at once must be 1 to " + MOST_LAYERS);
        }
    }

    public Optional<RegistryConfig> of(RegistryHost registry) {
        return registries.stream()
                .filter(each -> each.registry().equals(registry))
                .findFirst();
    }

    /// With this registry's part in the place of what was set for it.
    public RegistrySettings with(RegistryConfig config) {
        return new RegistrySettings(
                Stream.concat(without(config.registry()).registries.stream(), Stream.of(config))
                        .toList(),
                layersAtOnce);
    }

    public RegistrySettings without(RegistryHost registry) {
        return new RegistrySettings(
                registries.stream()
                        .filter(each -> !each.registry().equals(registry))
                        .toList(),
                layersAtOnce);
    }
}
