package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.trash.TrashEntry;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.BridgeJson;
import java.io.IOException;
import java.util.Map;

/// The trash, below `/darsena/v1`: Docker knows none.
final class TrashRoutes {

    private static final String TRASH = DarsenaRoutes.PREFIX + "/trash";
    private static final String JSON = "application/json";

    private final Engine engine;

    TrashRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", TRASH, (exchange, name) -> list(exchange))
                .on(
                        "DELETE",
                        TRASH,
                        (exchange, name) -> freed(exchange, engine.trash().purgeAll()))
                .on("POST", TRASH + "/{name}/restore", this::restore)
                .on("PUT", TRASH + "/{name}", this::put)
                .on(
                        "DELETE",
                        TRASH + "/{name}",
                        (exchange, id) -> freed(exchange, engine.trash().purge(ContainerId.parse(id))));
    }

    private void list(HttpExchange exchange) throws IOException {
        exchange.reply(
                200, JSON, BridgeJson.lines(TrashEntry.class, engine.trash().list()));
    }

    private void put(HttpExchange exchange, String id) throws IOException {
        engine.trash().put(ContainerId.parse(id));
        exchange.reply(204);
    }

    private void restore(HttpExchange exchange, String id) throws IOException {
        String name = engine.trash().restore(ContainerId.parse(id));
        exchange.reply(200, JSON, BridgeJson.write(Map.of("Name", name)));
    }

    private static void freed(HttpExchange exchange, long bytes) throws IOException {
        exchange.reply(200, JSON, BridgeJson.write(Map.of("Freed", bytes)));
    }
}
