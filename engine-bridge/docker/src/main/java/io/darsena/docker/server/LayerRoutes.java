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
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                .on("GET", IMAGE + "/waste", (exchange, name) -> waste(exchange, upTo(exchange, name)))
                .on("GET", IMAGE + "/duplicates", (exchange, name) -> duplicates(exchange, upTo(exchange, name)))
                .on("GET", IMAGE + "/contents", (exchange, name) -> contents(exchange, upTo(exchange, name)))
                .on("POST", IMAGE + "/contents", (exchange, name) -> contents(exchange, upTo(exchange, name)))
                .on("GET", CONTAINER + "/files", (exchange, id) -> files(exchange, ofContainer(id)))
                .on("GET", CONTAINER + "/content", (exchange, id) -> content(exchange, ofContainer(id)))
                .on("GET", CONTAINER + "/archive", (exchange, id) -> archive(exchange, ofContainer(id)))
                .on("GET", CONTAINER + "/packages", (exchange, id) -> packages(exchange, ofContainer(id)))
                .on("GET", CONTAINER + "/sbom", (exchange, id) -> document(exchange, ofContainer(id)))
                .on("GET", CONTAINER + "/waste", (exchange, id) -> waste(exchange, ofContainer(id)))
                .on("GET", CONTAINER + "/duplicates", (exchange, id) -> duplicates(exchange, ofContainer(id)))
                .on("POST", CONTAINER + "/contents", (exchange, id) -> contents(exchange, ofContainer(id)))
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

    private void waste(HttpExchange exchange, TreeSource source) throws IOException {
        exchange.reply(200, JSON, BridgeJson.line(Waste.class, engine.layers().waste(source)));
    }

    private void duplicates(HttpExchange exchange, TreeSource source) throws IOException {
        search(exchange, progress -> engine.layers().duplicates(source, progress));
    }

    /// Which files are to be compared is found out here: the client finds the same, of the same trees.
    /// Those of images are read here, since they do not change; those of containers come from the client,
    /// the old one first.
    private void contents(HttpExchange exchange, TreeSource after) throws IOException {
        TreeSource before = before(exchange);
        InputStream sent = new BufferedInputStream(exchange.request().body(), BLOCK);
        Optional<FileTree> old = sent(before, sent);
        Optional<FileTree> fresh = sent(after, sent);
        search(exchange, progress -> {
            FileTree then = old.orElseGet(() -> engine.layers().tree(before));
            FileTree now = fresh.orElseGet(() -> engine.layers().tree(after));
            LayerComparison layers = LayerComparison.of(layers(before), layers(after));
            return engine.layers().compareContents(before, after, TreeComparison.of(then, now, layers), progress);
        });
    }

    private TreeSource before(HttpExchange exchange) {
        Optional<String> container = exchange.request().parameter("beforeContainer");
        if (container.isPresent()) {
            return ofContainer(container.get());
        }
        Image image = found(exchange.request()
                .parameter("before")
                .orElseThrow(() -> new HttpException(400, "nothing to compare with is given")));
        return new TreeSource.OfImage(
                image.id(),
                number(exchange, "beforeLayer").orElse(image.layers().size()));
    }

    private static Optional<FileTree> sent(TreeSource source, InputStream body) throws IOException {
        if (source instanceof TreeSource.OfImage) {
            return Optional.empty();
        }
        try {
            return Optional.of(FileTree.read(body));
        } catch (IOException foreign) {
            throw new HttpException(400, "the container's files are not told: " + foreign.getMessage());
        }
    }

    private List<LayerComparison.Layer> layers(TreeSource source) {
        return switch (source) {
            case TreeSource.OfImage(ImageId image, int layer) ->
                LayerComparison.Layer.of(found(image.toString())).subList(0, layer);
            case TreeSource.OfContainer(ContainerId id) ->
                LayerComparison.Layer.of(
                        found(engine.containers().container(id).image().toString()), 0);
        };
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

    /// Without a layer, all of it.
    private TreeSource upTo(HttpExchange exchange, String name) {
        Image image = found(name);
        return new TreeSource.OfImage(
                image.id(), number(exchange, "layer").orElse(image.layers().size()));
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
        return number(exchange, "layer").orElseThrow(() -> new HttpException(400, "no layer is given"));
    }

    private static Optional<Integer> number(HttpExchange exchange, String parameter) {
        return exchange.request().parameter(parameter).map(LayerRoutes::number);
    }

    private static int number(String text) {
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
