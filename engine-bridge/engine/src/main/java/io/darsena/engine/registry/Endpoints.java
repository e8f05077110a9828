package io.darsena.engine.registry;

import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistrySettings;
import io.darsena.bridge.registry.SeenRate;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.registry.RegistryAddress.Hub;
import io.darsena.engine.registry.http.HttpClients;
import io.darsena.engine.registry.http.TlsChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The registries this engine has spoken to, as they are set now: one whose settings or certificates have changed
/// is got to know anew. Safe for use by several threads.
final class Endpoints {

    private static final Path OF_DOCKER = Path.of("/etc/docker/certs.d");

    private final EnginePaths paths;
    private final Supplier<RegistrySettings> settings;
    private final HttpClients clients;
    private final Hub hub;
    private final Map<RegistryHost, Endpoint> known = new ConcurrentHashMap<>();

    Endpoints(EnginePaths paths, Supplier<RegistrySettings> settings, HttpClients clients, Hub hub) {
        this.paths = paths;
        this.settings = settings;
        this.clients = clients;
        this.hub = hub;
    }

    Endpoint of(RegistryHost registry) {
        RegistryConfig config = settings.get().of(registry).orElseGet(() -> RegistryConfig.of(registry));
        TlsChoice choice = TlsChoice.gather(
                config.insecure(),
                config.authority(),
                Stream.of(paths.certificates(), OF_DOCKER)
                        .flatMap(root -> directories(root, registry))
                        .toList());
        return known.compute(
                registry,
                (same, before) -> before != null && before.choice().equals(choice)
                        ? before
                        : new Endpoint(registry, RegistryAddress.of(registry, hub), choice, clients.of(choice)));
    }

    /// Docker calls a registry's directory as people write the registry, and some write the port of TLS.
    static Stream<Path> directories(Path root, RegistryHost registry) {
        String name = registry.name();
        boolean bare = name.lastIndexOf(':') <= name.lastIndexOf(']');
        return bare ? Stream.of(root.resolve(name), root.resolve(name + ":443")) : Stream.of(root.resolve(name));
    }

    /// What they said of their limits since this engine was opened.
    List<SeenRate> rates() {
        return known.values().stream()
                .map(Endpoint::seenRate)
                .flatMap(Optional::stream)
                .toList();
    }

    /// Those asked before the registry itself.
    List<RegistryHost> mirrors(RegistryHost registry) {
        return settings.get().of(registry).map(RegistryConfig::mirrors).orElse(List.of());
    }
}
