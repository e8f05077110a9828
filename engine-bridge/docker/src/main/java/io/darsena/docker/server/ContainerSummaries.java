package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.docker.wire.Shapes;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Containers as lists show them, beside what their images say. Made anew for each answer.
final class ContainerSummaries {

    private final Instant now = Instant.now();
    private final Map<ImageId, Image> images;
    private final Map<ContainerId, Long> sizes;
    private final Engine engine;

    /// What a text stands for now that some container was asked for by.
    private final Map<String, Optional<ImageId>> meant = new HashMap<>();

    private ContainerSummaries(Engine engine, Map<ContainerId, Long> sizes) {
        this.images =
                engine.images().list().stream().collect(Collectors.toMap(Image::id, Function.identity(), (a, b) -> a));
        this.sizes = sizes;
        this.engine = engine;
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
        return Shapes.summary(container, image(container), labels(container), now);
    }

    /// As it was asked for; its id where that stands for another image now, or for none.
    private String image(Container container) {
        String asked = container.spec().image();
        Optional<ImageId> now = meant.computeIfAbsent(asked, this::find);
        return now.equals(Optional.of(container.image()))
                ? asked
                : container.image().toString();
    }

    /// Of several ids that begin so it is none.
    private Optional<ImageId> find(String text) {
        try {
            return engine.images().find(text).map(Image::id);
        } catch (InvalidRequestException ambiguous) {
            return Optional.empty();
        }
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
