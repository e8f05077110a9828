package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.Filters;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `POST /images/prune`: removes the nameless images that nothing uses, or with `dangling=false` all that
/// nothing uses.
final class ImagePruneRoute {

    private static final Logger LOG = LoggerFactory.getLogger(ImagePruneRoute.class);

    private static final Set<String> FILTERS = Set.of("dangling", "label");

    private final Engine engine;

    ImagePruneRoute(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("POST", "/images/prune", (exchange, name) -> prune(exchange));
    }

    private void prune(HttpExchange exchange) throws IOException {
        Filters filters = Filters.parse(exchange.request().parameter("filters"), FILTERS);
        boolean named = filters.of("dangling").stream().anyMatch(text -> text.equals("false") || text.equals("0"));
        List<Image> gone = engine.images().list().stream()
                .filter(image -> named || image.names().isEmpty())
                .filter(image -> filters.allowsLabels(image.config().labels()))
                .filter(this::isRemoved)
                .toList();
        List<Map<String, String>> told = new ArrayList<>();
        for (Image image : gone) {
            image.names().stream().map(ImageReference::familiar).forEach(name -> told.add(Map.of("Untagged", name)));
            told.add(Map.of("Deleted", image.id().toString()));
        }
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("ImagesDeleted", told);
        shape.put("SpaceReclaimed", freed(gone));
        exchange.reply(200, "application/json", Json.write(shape));
    }

    /// What a container uses, or one in the trash, is no one's to prune.
    private boolean isRemoved(Image image) {
        try {
            engine.images().remove(image.id());
            return true;
        } catch (ConflictException used) {
            LOG.debug("not pruned: {}", used.getMessage());
            return false;
        }
    }

    /// Bytes of layers that no image has any more, each counted once.
    private long freed(List<Image> gone) {
        Set<DiffId> counted = new HashSet<>();
        engine.images().list().forEach(left -> left.layers().forEach(layer -> counted.add(layer.diffId())));
        return gone.stream()
                .flatMap(image -> image.layers().stream())
                .filter(layer -> counted.add(layer.diffId()))
                .mapToLong(Image.Layer::size)
                .sum();
    }
}
