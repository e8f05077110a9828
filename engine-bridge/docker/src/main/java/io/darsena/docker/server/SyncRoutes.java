package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.sync.SyncReport;
import io.darsena.bridge.sync.TagSync;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.BridgeJson;
import java.io.IOException;

/// Comparing with registries, and pushes that wait, below `/darsena/v1/sync`.
final class SyncRoutes {

    private static final String SYNC = DarsenaRoutes.PREFIX + "/sync";
    private static final String JSON = "application/json";

    private final Engine engine;

    SyncRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", SYNC, (exchange, name) -> report(exchange))
                .on("POST", SYNC + "/check", (exchange, name) -> checkAll(exchange))
                .on("POST", SYNC + "/tags/{name}/check", this::check)
                .on("PUT", SYNC + "/tags/{name}/auto-pull", (exchange, name) -> autoPull(exchange, name, true))
                .on("DELETE", SYNC + "/tags/{name}/auto-pull", (exchange, name) -> autoPull(exchange, name, false))
                .on("PUT", SYNC + "/pushes/{name}", this::queue)
                .on("DELETE", SYNC + "/pushes/{name}", this::cancel);
    }

    private void report(HttpExchange exchange) throws IOException {
        exchange.reply(
                200, JSON, BridgeJson.line(SyncReport.class, engine.sync().report()));
    }

    /// A client that goes ends it.
    private void checkAll(HttpExchange exchange) throws IOException {
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        engine.sync().checkAll();
        exchange.reply(204);
    }

    private void check(HttpExchange exchange, String name) throws IOException {
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        TagSync now = engine.sync().check(ImageReference.parse(name));
        exchange.reply(200, JSON, BridgeJson.line(TagSync.class, now));
    }

    private void autoPull(HttpExchange exchange, String name, boolean wanted) throws IOException {
        engine.sync().autoPull(ImageReference.parse(name), wanted);
        exchange.reply(204);
    }

    private void queue(HttpExchange exchange, String name) throws IOException {
        engine.sync().queuePush(ImageReference.parse(name));
        exchange.reply(204);
    }

    private void cancel(HttpExchange exchange, String name) throws IOException {
        engine.sync().cancelPush(ImageReference.parse(name));
        exchange.reply(204);
    }
}
