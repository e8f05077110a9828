package io.darsena.docker.wire;

import io.darsena.bridge.registry.FoundRepository;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistrySettings;
import io.darsena.bridge.registry.RemoteImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes what concerns registries as Docker's API shapes it (ImageSearchResponseItem, DistributionInspect,
/// RegistryServiceConfig).
public final class RegistryShapes {

    /// What Docker's clients know Docker Hub's logins by.
    public static final String HUB_ADDRESS = "https://index.docker.io/v1/";

    private RegistryShapes() {}

    public static Map<String, Object> found(FoundRepository repository) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("star_count", repository.stars());
        shape.put("is_official", repository.official());
        shape.put("name", repository.name());
        shape.put("is_automated", false);
        shape.put("description", repository.description());
        return shape;
    }

    public static Map<String, Object> distribution(RemoteImage image) {
        Map<String, Object> descriptor = new LinkedHashMap<>();
        descriptor.put("mediaType", image.mediaType());
        descriptor.put("digest", image.digest().toString());
        descriptor.put("size", image.size());
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("Descriptor", descriptor);
        shape.put(
                "Platforms",
                image.platforms().stream().map(RegistryShapes::platform).toList());
        return shape;
    }

    private static Map<String, String> platform(String text) {
        String[] parts = text.split("/", 3);
        Map<String, String> shape = new LinkedHashMap<>();
        shape.put("architecture", parts.length > 1 ? parts[1] : "");
        shape.put("os", parts[0]);
        if (parts.length > 2) {
            shape.put("variant", parts[2]);
        }
        return shape;
    }

    public static Map<String, Object> service(RegistrySettings settings) {
        Map<String, Object> indexes = new LinkedHashMap<>();
        indexes.put(RegistryHost.DOCKER_HUB.name(), index(RegistryConfig.of(RegistryHost.DOCKER_HUB)));
        settings.registries().forEach(config -> indexes.put(config.registry().name(), index(config)));
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("InsecureRegistryCIDRs", List.of("127.0.0.0/8", "::1/128"));
        shape.put("IndexConfigs", indexes);
        shape.put(
                "Mirrors",
                settings.of(RegistryHost.DOCKER_HUB)
                        .map(RegistryShapes::mirrors)
                        .orElse(List.of()));
        return shape;
    }

    private static Map<String, Object> index(RegistryConfig config) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("Name", config.registry().name());
        shape.put("Mirrors", mirrors(config));
        shape.put("Secure", !config.insecure());
        shape.put("Official", config.registry().equals(RegistryHost.DOCKER_HUB));
        return shape;
    }

    private static List<String> mirrors(RegistryConfig config) {
        return config.mirrors().stream()
                .map(mirror -> "https://" + mirror.name() + "/")
                .toList();
    }
}
