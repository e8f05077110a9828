package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/images/{name}/history`: the steps that made an image, the newest first.
final class HistoryRoute {

    private final Engine engine;

    HistoryRoute(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", "/images/{name}/history", this::history);
    }

    private void history(HttpExchange exchange, String name) throws IOException {
        Image image = engine.images()
                .find(name)
                .orElseThrow(() ->
                        new NotFoundException("show the history of", "image " + name, "No such image: " + name, ""));
        PlatformChoice.requireOwn(exchange.request(), "showing the history of", image);
        List<Map<String, @Nullable Object>> shapes = new ArrayList<>();
        for (LayerStep step : engine.layers().steps(image.id()).reversed()) {
            shapes.add(shape(step, shapes.isEmpty(), image));
        }
        exchange.reply(200, "application/json", Json.write(shapes));
    }

    /// Images between have no id, as with every image that was pulled.
    private static Map<String, @Nullable Object> shape(LayerStep step, boolean newest, Image image) {
        List<String> tags = image.names().stream()
                .filter(name -> name.tag().isPresent())
                .map(ImageReference::familiar)
                .toList();
        Map<String, @Nullable Object> shape = new LinkedHashMap<>();
        shape.put("Id", newest ? image.id().toString() : "<missing>");
        shape.put("Created", step.createdAt().map(Instant::getEpochSecond).orElse(0L));
        shape.put("CreatedBy", step.instruction());
        shape.put("Tags", newest && !tags.isEmpty() ? tags : null);
        shape.put("Size", step.size());
        shape.put("Comment", step.comment());
        return shape;
    }
}
