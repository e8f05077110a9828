package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.TransferMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/darsena/v1/images/import` and `save`: archives where they lie, with the progress told line by line. Whoever may
/// use
/// this socket may read and write what this process may. A client that goes cancels.
final class TransferRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(TransferRoutes.class);

    private final Engine engine;

    TransferRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("POST", DarsenaRoutes.PREFIX + "/images/import", (exchange, name) -> importFrom(exchange))
                .on("POST", DarsenaRoutes.PREFIX + "/images/save", (exchange, name) -> save(exchange));
    }

    /// What is done while the progress is told; it returns what came in.
    @FunctionalInterface
    private interface Transfer {
        List<ImageId> run(Consumer<TransferProgress> progress);
    }

    private void importFrom(HttpExchange exchange) throws IOException {
        Path source = path(exchange);
        transfer(exchange, progress -> engine.images().importFrom(source, progress));
    }

    private void save(HttpExchange exchange) throws IOException {
        Path file = path(exchange);
        ArchiveFormat format = format(exchange);
        List<String> images = exchange.request().parameters("names");
        transfer(exchange, progress -> {
            engine.images().save(images, format, file, progress);
            return List.of();
        });
    }

    private static Path path(HttpExchange exchange) {
        Path path = Path.of(
                exchange.request().parameter("path").orElseThrow(() -> new HttpException(400, "no path given")));
        if (!path.isAbsolute()) {
            throw new HttpException(400, "not an absolute path: " + path);
        }
        return path;
    }

    static ArchiveFormat format(HttpExchange exchange) {
        String word = exchange.request().parameter("format").orElse("docker");
        try {
            return ArchiveFormat.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new HttpException(400, "not a format of archives: " + word);
        }
    }

    private static void transfer(HttpExchange exchange, Transfer transfer) throws IOException {
        exchange.whenClientLeaves(Thread.currentThread()::interrupt);
        OutputStream out = exchange.stream(200, DarsenaStreams.LINES);
        Consumer<TransferMessage> tell = message -> {
            try {
                out.write(BridgeJson.line(TransferMessage.class, message));
            } catch (IOException left) {
                LOG.debug("whoever wanted the images has gone: {}", left.getMessage());
            }
        };
        try {
            List<ImageId> images = transfer.run(progress -> tell.accept(TransferMessage.of(progress)));
            tell.accept(TransferMessage.of(images));
        } catch (EngineException failure) {
            tell.accept(TransferMessage.of(failure));
        }
        out.close();
    }
}
