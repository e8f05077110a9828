package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.trust.ImageTrust;
import io.darsena.bridge.trust.SigningKey;
import io.darsena.bridge.trust.TrustReport;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.RegistryRequest.Key;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;

/// Signatures and signing keys, below `/darsena/v1/trust`. Private keys stay in the engine; passwords come in bodies
/// alone. A client that goes cancels.
final class TrustRoutes {

    private static final String TRUST = DarsenaRoutes.PREFIX + "/trust";
    private static final String JSON = "application/json";

    private final Engine engine;

    TrustRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", TRUST, (exchange, name) -> report(exchange))
                .on("POST", TRUST + "/images/{name}/check", this::check)
                .on("POST", TRUST + "/images/{name}/sign", this::sign)
                .on("GET", TRUST + "/keys", (exchange, name) -> keys(exchange))
                .on("POST", TRUST + "/keys/generate", (exchange, name) -> generate(exchange))
                .on("POST", TRUST + "/keys/import", (exchange, name) -> importKey(exchange))
                .on("POST", TRUST + "/keys/unlock", (exchange, name) -> unlock(exchange))
                .on("DELETE", TRUST + "/keys/{name}", this::delete);
    }

    private void report(HttpExchange exchange) throws IOException {
        one(exchange, TrustReport.class, () -> engine.trust().report());
    }

    private void check(HttpExchange exchange, String name) throws IOException {
        one(exchange, ImageTrust.class, () -> engine.trust().check(ImageReference.parse(name)));
    }

    private void sign(HttpExchange exchange, String name) throws IOException {
        String key = exchange.request().parameter("key").orElseThrow(() -> new HttpException(400, "no key given"));
        one(exchange, Digest.class, () -> engine.trust().sign(ImageReference.parse(name), key));
    }

    private void keys(HttpExchange exchange) throws IOException {
        exchange.reply(
                200, JSON, BridgeJson.lines(SigningKey.class, engine.trust().signingKeys()));
    }

    private void generate(HttpExchange exchange) throws IOException {
        made(exchange, key -> engine.trust().generate(key.name(), key.password()));
    }

    private void importKey(HttpExchange exchange) throws IOException {
        made(exchange, key -> engine.trust().importKey(key.name(), key.pem(), key.password()));
    }

    private static void made(HttpExchange exchange, Function<Key, SigningKey> make) throws IOException {
        Key wanted = BridgeJson.confidential(Key.class, exchange.request().body());
        one(exchange, SigningKey.class, () -> make.apply(wanted));
    }

    private void unlock(HttpExchange exchange) throws IOException {
        Key wanted = BridgeJson.confidential(Key.class, exchange.request().body());
        engine.trust().unlock(wanted.name(), wanted.password());
        exchange.reply(204);
    }

    private void delete(HttpExchange exchange, String name) throws IOException {
        engine.trust().delete(name);
        exchange.reply(204);
    }

    private static <T> void one(HttpExchange exchange, Class<T> type, Supplier<T> question) throws IOException {
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        exchange.reply(200, JSON, BridgeJson.line(type, question.get()));
    }
}
