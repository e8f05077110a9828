package io.darsena.bridge.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a person set for one registry. A registry that is only known, with nothing set, is one too.
///
/// @param insecure plain HTTP is tried where TLS does not answer, and certificates are not checked
/// @param mirrors asked before the registry itself, in this order, for what is pulled; nothing is pushed to them
/// @param authority a file of PEM certificates that are trusted besides the system's; a directory
///     `certs.d/<registry>` of the configuration, in Docker's layout, counts without being set
public record RegistryConfig(
        RegistryHost registry, boolean insecure, List<RegistryHost> mirrors, Optional<Path> authority)
        implements Comparable<RegistryConfig> {

    public static final int MOST_MIRRORS = 20;

    /// @throws IllegalArgumentException when it says why
    public RegistryConfig {
        mirrors = List.copyOf(mirrors);
        if (mirrors.contains(registry)) {
            throw new IllegalArgumentException("a registry cannot be its own mirror");
        }
        if (mirrors.size() > MOST_MIRRORS || mirrors.stream().distinct().count() < mirrors.size()) {
            throw new IllegalArgumentException("more than " + MOST_MIRRORS + " mirrors, or one twice");
        }
        if (authority.filter(file -> !file.isAbsolute()).isPresent()) {
            throw new IllegalArgumentException("not an absolute path: " + authority.get());
        }
    }

    public static RegistryConfig of(RegistryHost registry) {
        return new RegistryConfig(registry, false, List.of(), Optional.empty());
    }

    @Override
    public int compareTo(RegistryConfig other) {
        return registry.compareTo(other.registry);
    }
}
