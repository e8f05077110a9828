package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.docker.wire.Shapes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Containers as lists show them, beside what their images say. Made anew for each answer.
final class ContainerSummaries {

    private final Instant now = Instant.now();
    private final Map<ImageId, Image> images;
    private final Map<ContainerId, Long> sizes;

    private ContainerSummaries(Engine engine, Map<ContainerId, Long> sizes) {
        this.images =
                engine.images().list().stream().collect(Collectors.toMap(Image::id, Function.identity(), (a, b) -> a));
        this.sizes = sizes;
    }

    static ContainerSummaries of(Engine engine) {
        return new ContainerSummaries(engine, Map.of());
    }

    /// With what is on the disk, which is measured.
    static ContainerSummaries withSizes(Engine engine) {
        return new ContainerSummaries(engine, engine.disk().containers());
    }

    Map<String, Object> sized(Container container) {
        Map<String, Object> shape = summary(container);
        shape.putAll(sizes(container));
        return shape;
    }

    /// Bytes of its own, and with its image's.
    Map<String, Long> sizes(Container container) {
        long own = sizes.getOrDefault(container.id(), 0L);
        Image image = images.get(container.image());
        return Map.of("SizeRw", own, "SizeRootFs", own + (image == null ? 0 : image.size()));
    }

    Map<String, Object> summary(Container container) {
        return Shapes.summary(container, labels(container), now);
    }

    /// The image's, but for those that the container has otherwise.
    Map<String, String> labels(Container container) {
        Image image = images.get(container.image());
        Map<String, String> labels =
                new LinkedHashMap<>(image == null ? Map.of() : image.config().labels());
        labels.putAll(container.spec().labels());
        return labels;
    }
}
