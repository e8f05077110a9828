package io.darsena.docker.wire;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageReference;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes containers and images as Docker's API shapes them (ContainerSummary, ImageSummary, ImageInspect).
public final class Shapes {

    /// In a network, without an address of its own.
    private static final Map<String, Object> ENDPOINT = Map.of(
            "NetworkID", "",
            "EndpointID", "",
            "Gateway", "",
            "IPAddress", "",
            "IPPrefixLen", 0,
            "IPv6Gateway", "",
            "GlobalIPv6Address", "",
            "GlobalIPv6PrefixLen", 0,
            "MacAddress", "");

    private Shapes() {}

    /// @param image what its image is called
    /// @param labels its own and its image's
    public static Map<String, Object> summary(
            Container container, String image, Map<String, String> labels, Instant now) {
        ContainerState state = container.state();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("Id", container.id().toString());
        summary.put("Names", List.of("/" + container.name()));
        summary.put("Image", image);
        summary.put("ImageID", container.image().toString());
        summary.put("Command", String.join(" ", container.arguments()));
        summary.put("Created", container.createdAt().getEpochSecond());
        summary.put("Ports", List.of());
        summary.put("Labels", labels);
        summary.put("State", StatusText.word(state));
        summary.put("Status", StatusText.sentence(state, now));
        String network = container.spec().network().word();
        summary.put("HostConfig", Map.of("NetworkMode", network));
        summary.put("NetworkSettings", Map.of("Networks", Map.of(network, ENDPOINT)));
        summary.put("Mounts", List.of());
        return summary;
    }

    public static Map<String, Object> summary(Image image, long containers) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("Id", image.id().toString());
        summary.put("ParentId", "");
        summary.put("RepoTags", tags(image));
        summary.put("RepoDigests", digests(image));
        summary.put("Created", image.createdAt().map(Instant::getEpochSecond).orElse(0L));
        summary.put("Size", image.size());
        summary.put("VirtualSize", image.size());
        summary.put("SharedSize", -1);
        summary.put("Labels", image.config().labels());
        summary.put("Containers", containers);
        return summary;
    }

    public static Map<String, Object> inspect(Image image) {
        Map<String, Object> shape = new LinkedHashMap<>();
        String[] platform = image.platform().split("/", 3);
        shape.put("Id", image.id().toString());
        shape.put("RepoTags", tags(image));
        shape.put("RepoDigests", digests(image));
        shape.put("Parent", "");
        shape.put("Comment", "");
        image.createdAt().ifPresent(at -> shape.put("Created", at.toString()));
        shape.put("Author", "");
        shape.put("Os", platform[0]);
        shape.put("Architecture", platform.length > 1 ? platform[1] : "");
        if (platform.length > 2) {
            shape.put("Variant", platform[2]);
        }
        shape.put("Size", image.size());
        shape.put("VirtualSize", image.size());
        shape.put("Config", config(image.config()));
        shape.put(
                "RootFS",
                Map.of(
                        "Type",
                        "layers",
                        "Layers",
                        image.layers().stream()
                                .map(layer -> layer.diffId().toString())
                                .toList()));
        shape.put("Metadata", Map.of("LastTagTime", image.importedAt().toString()));
        return shape;
    }

    private static Map<String, Object> config(ImageConfig config) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("User", config.user());
        shape.put("Env", config.environment());
        shape.put("Cmd", config.command());
        if (!config.entrypoint().isEmpty()) {
            shape.put("Entrypoint", config.entrypoint());
        }
        shape.put("WorkingDir", config.workingDirectory());
        shape.put("Labels", config.labels());
        shape.put("StopSignal", config.stopSignal());
        shape.put("ExposedPorts", keys(config.exposedPorts()));
        shape.put("Volumes", keys(config.volumes()));
        return shape;
    }

    private static Map<String, Object> keys(List<String> names) {
        Map<String, Object> keys = new LinkedHashMap<>();
        names.forEach(name -> keys.put(name, Map.of()));
        return keys;
    }

    private static List<String> tags(Image image) {
        return image.names().stream()
                .filter(name -> name.tag().isPresent())
                .map(ImageReference::familiar)
                .toList();
    }

    private static List<String> digests(Image image) {
        return image.digests().stream().map(ImageReference::familiar).toList();
    }
}
