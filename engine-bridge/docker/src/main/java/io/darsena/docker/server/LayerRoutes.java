package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.Committed;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.HiddenLater;
import io.darsena.bridge.layer.LayerComparison;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.Waste;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.sbom.SbomFormat;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.ChosenPaths;
import io.darsena.docker.wire.SearchMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What images and containers are made of, below `/darsena/v1/images/{name}` and `/darsena/v1/containers/{id}`: steps,
/// waste and packages as JSON, trees in the form of [FileTree], files as their bytes, archives as tars, bills of
/// materials as their documents.
final class LayerRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(LayerRoutes.class);

    private static final String IMAGE = DarsenaRoutes.PREFIX + "/images/{name}";
    private static final String CONTAINER = DarsenaRoutes.PREFIX + "/containers/{name}";
    private static final String BYTES = "application/octet-stream";
    private static final String JSON = "application/json";
    private static final int BLOCK = 1 << 16;

    private final Engine engine;

    LayerRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", IMAGE + "/steps", this::steps)
                .on("GET", IMAGE + "/files", (exchange, name) -> files(exchange, ofImage(exchange, name)))
                .on("GET", IMAGE + "/content", (exchange, name) -> content(exchange, ofImage(exchange, name)))
                .on("GET", IMAGE + "/archive", (exchange, name) -> archive(exchange, ofImage(exchange, name)))
                .on("GET", IMAGE + "/packages", (exchange, name) -> packages(exchange, ofImage(exchange, name)))
                .on("GET", IMAGE + "/sbom", (exchange, name) -> document(exchange, ofImage(exchange, name)))
                .on("GET", IMAGE + "/hidden", this::hidden)
                .on("GET", IMAGE + "/waste", this::waste)
                .on("GET", IMAGE + "/duplicates", this::duplicates)
                .on("GET", IMAGE + "/contents", this::contents)
                .on("GET", CONTAINER + "/files", (exchange, id) -> files(exchange, ofContainer(id)))
                .on("GET", CONTAINER + "/content", (exchange, id) -> content(exchange, ofContainer(id)))
                .on("GET", CONTAINER + "/archive", (exchange, id) -> archive(exchange, ofContainer(id)))
                .on("GET", CONTAINER + "/packages", (exchange, id) -> packages(exchange, ofContainer(id)))
                .on("GET", CONTAINER + "/sbom", (exchange, id) -> document(exchange, ofContainer(id)))
                .on("POST", CONTAINER + "/commit", this::commit)
                .on("POST", CONTAINER + "/revert", this::revert);
    }

    private void steps(HttpExchange exchange, String name) throws IOException {
        exchange.reply(
                200, JSON, BridgeJson.lines(LayerStep.class, engine.layers().steps(image(name))));
    }

    private void hidden(HttpExchange exchange, String name) throws IOException {
        HiddenLater hidden = engine.layers().hiddenLater(image(name), layer(exchange));
        exchange.reply(200, JSON, BridgeJson.line(HiddenLater.class, hidden));
    }

    private void waste(HttpExchange exchange, String name) throws IOException {
        exchange.reply(200, JSON, BridgeJson.line(Waste.class, engine.layers().waste(image(name))));
    }

    private void duplicates(HttpExchange exchange, String name) throws IOException {
        ImageId image = image(name);
        search(exchange, progress -> engine.layers().duplicates(image, progress));
    }

    /// Which files are to be compared is found out here: the client finds the same, of the same trees.
    private void contents(HttpExchange exchange, String name) throws IOException {
        Image after = found(name);
        Image before = found(exchange.request()
                .parameter("before")
                .orElseThrow(() -> new HttpException(400, "no image to compare with is given")));
        search(exchange, progress -> {
            TreeComparison files = TreeComparison.of(whole(before), whole(after), LayerComparison.of(before, after));
            return engine.layers().compareContents(before.id(), after.id(), files, progress);
        });
    }

    private FileTree whole(Image image) {
        return engine.layers().tree(image.id(), image.layers().size());
    }

    /// The progress is told line by line; a client that goes cancels.
    private static void search(HttpExchange exchange, Function<Consumer<TransferProgress>, Object> search)
            throws IOException {
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        OutputStream out = exchange.stream(200, DarsenaStreams.LINES);
        Consumer<SearchMessage> tell = message -> {
            try {
                out.write(BridgeJson.line(SearchMessage.class, message));
            } catch (IOException left) {
                LOG.debug("whoever wanted to know has gone: {}", left.getMessage());
            }
        };
        try {
            tell.accept(SearchMessage.ofFound(search.apply(progress -> tell.accept(SearchMessage.of(progress)))));
        } catch (EngineException failure) {
            tell.accept(SearchMessage.of(failure));
        }
        out.close();
    }

    private TreeSource ofImage(HttpExchange exchange, String name) {
        return new TreeSource.OfImage(image(name), layer(exchange));
    }

    private static TreeSource ofContainer(String id) {
        return new TreeSource.OfContainer(ContainerId.parse(id));
    }

    private void files(HttpExchange exchange, TreeSource source) throws IOException {
        FileTree tree = engine.layers().tree(source);
        OutputStream body = exchange.stream(200, BYTES);
        BufferedOutputStream blocks = new BufferedOutputStream(body, BLOCK);
        tree.write(blocks);
        blocks.flush();
        body.close();
    }

    private void content(HttpExchange exchange, TreeSource source) throws IOException {
        FilePath path = path(exchange);
        ByteAnswer.send(exchange, BYTES, engine.layers().content(source, path), "/" + path);
    }

    private void archive(HttpExchange exchange, TreeSource source) throws IOException {
        FilePath path = path(exchange);
        byte[] name = exchange.request().bytes("name").orElseGet(() -> new byte[0]);
        ByteAnswer.send(exchange, "application/x-tar", engine.layers().archive(source, path, name), "/" + path);
    }

    private void packages(HttpExchange exchange, TreeSource source) throws IOException {
        exchange.reply(
                200,
                JSON,
                BridgeJson.line(PackageListing.class, engine.packages().list(source)));
    }

    private void document(HttpExchange exchange, TreeSource source) throws IOException {
        SbomFormat format =
                SbomFormat.parse(exchange.request().parameter("format").orElse(""));
        ByteAnswer.send(exchange, JSON, engine.packages().document(source, format), "the bill of materials");
    }

    private static FilePath path(HttpExchange exchange) {
        return exchange.request().bytes("path").map(FilePath::of).orElse(FilePath.ROOT);
    }

    private void commit(HttpExchange exchange, String id) throws IOException {
        Commit commit = BridgeJson.request(Commit.class, exchange.request().body());
        Committed made = engine.layers().commit(ContainerId.parse(id), commit);
        exchange.reply(201, JSON, BridgeJson.write(Map.of("Id", made.image(), "LeftOut", made.leftOut())));
    }

    private void revert(HttpExchange exchange, String id) throws IOException {
        ChosenPaths chosen =
                BridgeJson.request(ChosenPaths.class, exchange.request().body());
        engine.layers().revert(ContainerId.parse(id), chosen.paths());
        exchange.reply(204);
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
        return found(name).id();
    }

    private Image found(String name) {
        return engine.images()
                .find(name)
                .orElseThrow(() -> new NotFoundException("find", "image " + name, "there is no such image", ""));
    }
}
