package io.darsena.engine.registry.login;

import io.darsena.bridge.registry.RegistryHost;
import java.util.Optional;

/// What Docker and its helpers call a registry.
final class ServerKey {

    private static final String HUB = "https://index.docker.io/v1/";

    private ServerKey() {}

    static String of(RegistryHost registry) {
        return registry.equals(RegistryHost.DOCKER_HUB) ? HUB : registry.name();
    }

    /// The registry that a key stands for, in whichever of its many forms; empty when it is none.
    static Optional<RegistryHost> parse(String key) {
        try {
            return Optional.of(RegistryHost.parse(key));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}
