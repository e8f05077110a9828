package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.Commit;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.http.HttpRequest;
import io.darsena.docker.wire.CommitRequest;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/commit`: an image of what a container has changed, run as the container is.
final class CommitRoute {

    private final Engine engine;

    CommitRoute(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("POST", "/commit", (exchange, name) -> commit(exchange));
    }

    private void commit(HttpExchange exchange) throws IOException {
        HttpRequest request = exchange.request();
        Container container = ContainerRoutes.named(
                engine, request.parameter("container").orElseThrow(() -> new HttpException(400, "no container given")));
        Image image = engine.images()
                .find(container.image().toString())
                .orElseThrow(() -> new NotFoundException("commit", container.name(), "its image is gone", ""));
        ImageConfig config = new CommitRequest(Json.read(request.body()), request.parameters("changes"))
                .config(image.config(), container);
        boolean pauses = request.parameter("pause").isEmpty() || request.flag("pause");
        Commit commit = new Commit(
                name(request),
                request.parameter("comment").orElse(""),
                request.parameter("author").orElse(""),
                Optional.of(config),
                List.of(),
                pauses);
        ImageId made = engine.layers().commit(container.id(), commit).image();
        exchange.reply(201, "application/json", Json.write(Map.of("Id", made.toString())));
    }

    private static Optional<ImageReference> name(HttpRequest request) {
        Optional<String> tag = request.parameter("tag");
        return request.parameter("repo")
                .map(repository -> ImageReference.parse(
                        repository + tag.map(given -> ":" + given).orElse("")));
    }
}
