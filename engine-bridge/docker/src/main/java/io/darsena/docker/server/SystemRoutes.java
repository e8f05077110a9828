package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// `_ping`, `version`, `info`.
final class SystemRoutes {

    static final String API_VERSION = "1.51";
    private static final int API_MAJOR = 1;
    private static final int API_MINOR = 51;
    private static final int OLDEST_MINOR = 24;
    static final String OLDEST_API_VERSION = API_MAJOR + "." + OLDEST_MINOR;

    private final Engine engine;

    SystemRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", "/_ping", (exchange, name) -> ping(exchange))
                .on("HEAD", "/_ping", (exchange, name) -> ping(exchange))
                .on("GET", "/version", (exchange, name) -> reply(exchange, SystemShapes.version(engine)))
                .on("GET", "/info", (exchange, name) -> reply(exchange, SystemShapes.info(engine)));
    }

    /// @throws HttpException for an API version that this server does not speak
    static void requireSupported(int major, int minor) {
        if (major != API_MAJOR || minor > API_MINOR) {
            throw new HttpException(
                    400,
                    "client version " + major + "." + minor + " is too new. Maximum supported API version is "
                            + API_VERSION);
        }
        if (minor < OLDEST_MINOR) {
            throw new HttpException(
                    400,
                    "client version " + major + "." + minor + " is too old. Minimum supported API version is "
                            + OLDEST_API_VERSION);
        }
    }

    private static void ping(HttpExchange exchange) throws IOException {
        exchange.header("Cache-Control", "no-cache, no-store, must-revalidate")
                .reply(200, "text/plain; charset=utf-8", "OK".getBytes(StandardCharsets.US_ASCII));
    }

    private static void reply(HttpExchange exchange, Object body) throws IOException {
        exchange.reply(200, "application/json", Json.write(body));
    }
}
