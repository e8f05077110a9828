package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState.Exited;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.BridgeJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a window needs of an engine and Docker's API has no words for, below `/darsena/v1`: whole containers and
/// images,
/// exact specifications, the engine's description and settings.
final class DarsenaRoutes {

    static final String PREFIX = "/darsena/v" + BridgeJson.VERSION;

    private static final String JSON = "application/json";

    private final Engine engine;

    DarsenaRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on(
                        "GET",
                        PREFIX + "/description",
                        (exchange, name) -> reply(exchange, EngineDescription.class, engine.description()))
                .on(
                        "GET",
                        PREFIX + "/settings",
                        (exchange, name) -> reply(exchange, EngineSettings.class, engine.settings()))
                .on("PUT", PREFIX + "/settings", (exchange, name) -> change(exchange))
                .on("GET", PREFIX + "/containers", (exchange, name) -> containers(exchange))
                .on("POST", PREFIX + "/containers", (exchange, name) -> create(exchange))
                .on("POST", PREFIX + "/containers/{name}/await", this::await)
                .on(
                        "GET",
                        PREFIX + "/containers/{name}",
                        (exchange, id) -> reply(
                                exchange, Container.class, engine.containers().container(ContainerId.parse(id))))
                .on("GET", PREFIX + "/images", (exchange, name) -> images(exchange))
                .on("GET", PREFIX + "/images/{name}/manifest", this::manifest)
                .on("POST", PREFIX + "/images/starter", (exchange, name) -> restoreStarter(exchange))
                .on("DELETE", PREFIX + "/images/{name}", this::removeImage)
                .on("PUT", PREFIX + "/tags/{name}", this::tag)
                .on("DELETE", PREFIX + "/tags/{name}", this::untag);
    }

    private static void reply(HttpExchange exchange, Class<?> type, Object value) throws IOException {
        exchange.reply(200, JSON, BridgeJson.line(type, value));
    }

    private void change(HttpExchange exchange) throws IOException {
        engine.change(
                BridgeJson.request(EngineSettings.class, exchange.request().body()));
        exchange.reply(204);
    }

    /// All of them, or with `find` the one that a name or the beginning of an id finds.
    private void containers(HttpExchange exchange) throws IOException {
        Optional<String> wanted = exchange.request().parameter("find");
        List<Container> found = wanted.isPresent()
                ? engine.containers().find(wanted.get()).stream().toList()
                : engine.containers().list();
        exchange.reply(200, JSON, BridgeJson.lines(Container.class, found));
    }

    private void create(HttpExchange exchange) throws IOException {
        ContainerSpec spec =
                BridgeJson.request(ContainerSpec.class, exchange.request().body());
        ContainerId id = engine.containers().create(spec);
        exchange.reply(201, JSON, BridgeJson.write(Map.of("Id", id)));
    }

    /// A client that goes ends the wait.
    private void await(HttpExchange exchange, String id) throws IOException {
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        reply(exchange, Exited.class, engine.containers().await(ContainerId.parse(id)));
    }

    private void images(HttpExchange exchange) throws IOException {
        Optional<String> wanted = exchange.request().parameter("find");
        List<Image> found = wanted.isPresent()
                ? engine.images().find(wanted.get()).stream().toList()
                : engine.images().list();
        exchange.reply(200, JSON, BridgeJson.lines(Image.class, found));
    }

    private void manifest(HttpExchange exchange, String id) throws IOException {
        String text = engine.images().inspect(ImageId.parse(id));
        exchange.reply(200, JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    private void restoreStarter(HttpExchange exchange) throws IOException {
        engine.images().restoreStarter();
        exchange.reply(204);
    }

    private void removeImage(HttpExchange exchange, String id) throws IOException {
        if (exchange.request().flag("force")) {
            engine.images().forceRemove(ImageId.parse(id));
        } else {
            engine.images().remove(ImageId.parse(id));
        }
        exchange.reply(204);
    }

    private void tag(HttpExchange exchange, String reference) throws IOException {
        String image =
                exchange.request().parameter("image").orElseThrow(() -> new HttpException(400, "no image given"));
        engine.images().tag(ImageId.parse(image), ImageReference.parse(reference));
        exchange.reply(204);
    }

    private void untag(HttpExchange exchange, String reference) throws IOException {
        engine.images().untag(ImageReference.parse(reference));
        exchange.reply(204);
    }
}
