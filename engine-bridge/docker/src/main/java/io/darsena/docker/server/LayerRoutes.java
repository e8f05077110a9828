package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.Waste;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.BridgeJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// What images are made of, below `/darsena/v1/images/{name}`: steps and waste as JSON, files in the form of
/// [FileTree].
final class LayerRoutes {

    private static final String IMAGE = DarsenaRoutes.PREFIX + "/images/{name}";
    private static final String JSON = "application/json";
    private static final int BLOCK = 1 << 16;

    private final Engine engine;

    LayerRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", IMAGE + "/steps", this::steps)
                .on("GET", IMAGE + "/files", this::files)
                .on("GET", IMAGE + "/waste", this::waste);
    }

    private void steps(HttpExchange exchange, String name) throws IOException {
        exchange.reply(
                200, JSON, BridgeJson.lines(LayerStep.class, engine.layers().steps(image(name))));
    }

    private void waste(HttpExchange exchange, String name) throws IOException {
        exchange.reply(200, JSON, BridgeJson.line(Waste.class, engine.layers().waste(image(name))));
    }

    private void files(HttpExchange exchange, String name) throws IOException {
        FileTree tree = engine.layers().tree(image(name), layer(exchange));
        try (OutputStream body = exchange.stream(200, "application/octet-stream");
                BufferedOutputStream blocks = new BufferedOutputStream(body, BLOCK)) {
            tree.write(blocks);
        }
    }

    private static int layer(HttpExchange exchange) {
        String text =
                exchange.request().parameter("layer").orElseThrow(() -> new HttpException(400, "no layer is given"));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException noNumber) {
            throw new InvalidRequestException(
                    "show the files of", "layer " + text, "it is no number", "the lowest is 1");
        }
    }

    private ImageId image(String name) {
        return engine.images()
                .find(name)
                .map(Image::id)
                .orElseThrow(() -> new NotFoundException("find", "image " + name, "there is no such image", ""));
    }
}
