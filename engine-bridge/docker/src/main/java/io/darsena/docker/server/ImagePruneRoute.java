package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.disk.PrunePlan;
import io.darsena.bridge.disk.PrunePlan.Candidate;
import io.darsena.bridge.disk.PruneResult;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.Filters;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// `POST /images/prune`: removes the nameless images that nothing uses, or with `dangling=false` all that
/// nothing uses.
final class ImagePruneRoute {

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
        Map<ImageId, Map<String, String>> labels = engine.images().list().stream()
                .collect(Collectors.toMap(Image::id, image -> image.config().labels()));
        PrunePlan all = engine.disk().prunable();
        Set<ImageId> wanted = all.images().stream()
                .filter(image -> named || image.names().isEmpty())
                .map(Candidate::id)
                .filter(id -> filters.allowsLabels(labels.getOrDefault(id, Map.of())))
                .collect(Collectors.toSet());
        PrunePlan plan = all.only(wanted, false);
        PruneResult result = engine.disk().prune(plan);
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("ImagesDeleted", told(plan, result));
        shape.put("SpaceReclaimed", result.freed());
        exchange.reply(200, "application/json", Json.write(shape));
    }

    private static List<Map<String, String>> told(PrunePlan plan, PruneResult result) {
        List<Map<String, String>> told = new ArrayList<>();
        for (Candidate image : plan.images()) {
            if (result.images().contains(image.id())) {
                image.names().forEach(name -> told.add(Map.of("Untagged", name.familiar())));
                told.add(Map.of("Deleted", image.id().toString()));
            }
        }
        return told;
    }
}
