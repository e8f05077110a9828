package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.disk.PrunePlan;
import io.darsena.bridge.disk.PruneResult;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Image;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.ContainerBytes;
import io.darsena.docker.wire.Json;
import io.darsena.docker.wire.Shapes;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What is on the disk: `GET /system/df` in Docker's words, and what is prunable in Darsena's.
final class DiskRoutes {

    private static final String DISK = DarsenaRoutes.PREFIX + "/disk";
    private static final String JSON = "application/json";

    private final Engine engine;

    DiskRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", "/system/df", (exchange, name) -> use(exchange))
                .on("GET", DISK + "/prunable", (exchange, name) -> prunable(exchange))
                .on("POST", DISK + "/prune", (exchange, name) -> prune(exchange))
                .on("GET", DISK + "/containers", (exchange, name) -> containers(exchange));
    }

    private void prunable(HttpExchange exchange) throws IOException {
        exchange.reply(200, JSON, BridgeJson.line(PrunePlan.class, engine.disk().prunable()));
    }

    private void prune(HttpExchange exchange) throws IOException {
        PrunePlan plan = BridgeJson.request(PrunePlan.class, exchange.request().body());
        exchange.reply(
                200, JSON, BridgeJson.line(PruneResult.class, engine.disk().prune(plan)));
    }

    private void containers(HttpExchange exchange) throws IOException {
        List<ContainerBytes> bytes = engine.disk().containers().entrySet().stream()
                .map(each -> new ContainerBytes(each.getKey(), each.getValue()))
                .toList();
        exchange.reply(200, JSON, BridgeJson.lines(ContainerBytes.class, bytes));
    }

    /// `type` asks for some of it (API 1.42).
    private void use(HttpExchange exchange) throws IOException {
        Set<String> wanted = Set.copyOf(exchange.request().parameters("type"));
        List<Image> images = engine.images().list();
        Map<String, Object> shape = new LinkedHashMap<>();
        if (wanted.isEmpty() || wanted.contains("image")) {
            shape.put("LayersSize", layers(images));
            shape.put("Images", shapes(images));
        }
        if (wanted.isEmpty() || wanted.contains("container")) {
            shape.put("Containers", shapes());
        }
        if (wanted.isEmpty() || wanted.contains("volume")) {
            shape.put("Volumes", List.of());
        }
        if (wanted.isEmpty() || wanted.contains("build-cache")) {
            shape.put("BuildCache", List.of());
        }
        exchange.reply(200, JSON, Json.write(shape));
    }

    /// Content of all layers, each counted once.
    private static long layers(List<Image> images) {
        Map<DiffId, Long> layers = new HashMap<>();
        images.forEach(image -> image.layers().forEach(layer -> layers.put(layer.diffId(), layer.size())));
        return layers.values().stream().mapToLong(Long::longValue).sum();
    }

    private List<Map<String, Object>> shapes(List<Image> images) {
        Map<DiffId, Long> holders = images.stream()
                .flatMap(image ->
                        image.layers().stream().map(Image.Layer::diffId).distinct())
                .collect(Collectors.groupingBy(layer -> layer, Collectors.counting()));
        List<Container> containers = engine.containers().list();
        return images.stream()
                .map(image -> {
                    long users = containers.stream()
                            .filter(container -> container.image().equals(image.id()))
                            .count();
                    Map<String, Object> shape = Shapes.summary(image, users);
                    shape.put("SharedSize", shared(image, holders));
                    return shape;
                })
                .toList();
    }

    private static long shared(Image image, Map<DiffId, Long> holders) {
        return image.layers().stream()
                .filter(layer -> holders.getOrDefault(layer.diffId(), 0L) > 1)
                .mapToLong(Image.Layer::size)
                .sum();
    }

    private List<Map<String, Object>> shapes() {
        ContainerSummaries summaries = ContainerSummaries.withSizes(engine);
        return engine.containers().list().stream().map(summaries::sized).toList();
    }
}
