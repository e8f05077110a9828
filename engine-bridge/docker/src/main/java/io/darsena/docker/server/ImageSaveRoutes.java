package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.ImageName;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/images/get` and `/images/{name}/get`: what `docker save` asks for.
final class ImageSaveRoutes {

    /// The header that tells how long the archive will be.
    static final String TOTAL = "Darsena-Total";

    private static final int BLOCK = 1 << 16;

    private final Engine engine;

    ImageSaveRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on(
                        "GET",
                        "/images/get",
                        (exchange, name) -> save(exchange, exchange.request().parameters("names")))
                .on("GET", "/images/{name}/get", (exchange, name) -> save(exchange, List.of(name)))
                .on(
                        "GET",
                        DarsenaRoutes.PREFIX + "/images/archive",
                        (exchange, name) -> exactly(
                                exchange, exchange.request().parameters("names"), TransferRoutes.format(exchange)));
    }

    private void save(HttpExchange exchange, List<String> names) throws IOException {
        if (names.isEmpty()) {
            throw new HttpException(400, "no image is named: give names=…");
        }
        List<String> images = names.stream().flatMap(this::meant).distinct().toList();
        images.stream()
                .flatMap(name -> engine.images().find(name).stream())
                .forEach(image -> PlatformChoice.requireOwn(exchange.request(), "saving", image));
        exactly(exchange, images, ArchiveFormat.DOCKER);
    }

    private void exactly(HttpExchange exchange, List<String> images, ArchiveFormat format) throws IOException {
        Answer answer = new Answer(exchange);
        OutputStream blocks = new BufferedOutputStream(answer, BLOCK);
        engine.images().save(images, format, blocks, answer::expect);
        blocks.flush();
        answer.end();
    }

    /// A repository without a tag means all its tags, to `docker save` alone.
    private Stream<String> meant(String name) {
        Images images = engine.images();
        if (ImageName.isExact(name)) {
            return Stream.of(name);
        }
        List<String> tags = images.list().stream()
                .flatMap(image -> image.names().stream())
                .filter(tag -> isOf(tag, name))
                .map(ImageReference::familiar)
                .sorted()
                .toList();
        return tags.isEmpty() ? Stream.of(name) : tags.stream();
    }

    private static boolean isOf(ImageReference tag, String repository) {
        try {
            return ImageName.of(repository, Optional.empty()).isOfSameRepository(tag);
        } catch (IllegalArgumentException noReference) {
            return false;
        }
    }

    /// Begins with its first byte, so that what fails before is told as a failure; an answer that is not whole
    /// at the end is not ended, and the client sees that it was cut off.
    private static final class Answer extends OutputStream {
        private final HttpExchange exchange;
        private @Nullable OutputStream body;

        Answer(HttpExchange exchange) {
            this.exchange = exchange;
        }

        void expect(TransferProgress progress) {
            if (body == null) {
                progress.total().ifPresent(total -> exchange.header(TOTAL, Long.toString(total)));
            }
        }

        private OutputStream body() throws IOException {
            OutputStream begun = body;
            if (begun == null) {
                begun = exchange.stream(200, "application/x-tar");
                body = begun;
            }
            return begun;
        }

        @Override
        public void write(int value) throws IOException {
            body().write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            body().write(bytes, offset, length);
        }

        void end() throws IOException {
            body().close();
        }
    }
}
