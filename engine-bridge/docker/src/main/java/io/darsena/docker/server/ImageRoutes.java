package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.http.HttpRequest;
import io.darsena.docker.wire.FailureShape;
import io.darsena.docker.wire.Filters;
import io.darsena.docker.wire.Json;
import io.darsena.docker.wire.Shapes;
import io.darsena.docker.wire.TextPattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `/images`: load, list, inspect, tag, remove.
final class ImageRoutes {

    private static final Set<String> LIST_FILTERS = Set.of("reference", "label", "dangling");

    private static final String ENDING = ".tar";
    private static final int BLOCK = 1 << 16;

    /// What messages call an archive that came without a name.
    private static final String SENT = "the archive that was sent";

    private final Engine engine;
    private final Path uploads;

    /// @param uploads private directory for archives being loaded
    ImageRoutes(Engine engine, Path uploads) {
        this.engine = engine;
        this.uploads = uploads;
    }

    void addTo(Router router) {
        router.on("POST", "/images/load", (exchange, name) -> load(exchange))
                .on("GET", "/images/json", (exchange, name) -> list(exchange))
                .on("GET", "/images/{name}/json", this::inspect)
                .on("POST", "/images/{name}/tag", this::tag)
                .on("DELETE", "/images/{name}", this::remove);
    }

    private Image named(String name) {
        return engine.images()
                .find(name)
                .orElseThrow(() -> new NotFoundException("find", "image " + name, "No such image: " + name, ""));
    }

    private void load(HttpExchange exchange) throws IOException {
        PlatformChoice.refuse(exchange.request(), "loading");
        Path archive = upload();
        try {
            receive(exchange.request().body(), archive);
            List<ImageId> loaded = importFrom(archive);
            loaded.forEach(id -> forgetNamesOf(archive, id));
            try (OutputStream out = exchange.stream(200, "application/json")) {
                for (ImageId id : loaded) {
                    out.write(Json.line(Map.of("stream", loadedMessage(id))));
                }
            }
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    /// The client knows nothing of where its archive lies here.
    private List<ImageId> importFrom(Path archive) {
        try {
            return engine.images().importFrom(archive, progress -> {});
        } catch (EngineException failure) {
            EngineException whole = FailureShape.reworded(failure, archive.toString(), SENT);
            throw FailureShape.reworded(whole, String.valueOf(archive.getFileName()), SENT);
        }
    }

    private Path upload() {
        try {
            Files.createDirectories(uploads);
            return Files.createTempFile(uploads, "load-", ENDING);
        } catch (IOException failure) {
            throw unstored(failure);
        }
    }

    /// A client that goes ends it with an [IOException], as everywhere; what this machine cannot store is told.
    private static void receive(InputStream body, Path archive) throws IOException {
        byte[] block = new byte[BLOCK];
        try (FileChannel file = FileChannel.open(archive, StandardOpenOption.WRITE)) {
            for (int count = body.read(block); count >= 0; count = body.read(block)) {
                store(file, ByteBuffer.wrap(block, 0, count));
            }
        }
    }

    private static void store(FileChannel file, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException failure) {
            throw unstored(failure);
        }
    }

    private static UnavailableException unstored(IOException failure) {
        return new UnavailableException(
                "load",
                "images",
                "the archive cannot be kept while it is read: " + failure.getMessage(),
                "free space where the images are");
    }

    /// An image whose archive names none is called after the file, which is none of the client's.
    private void forgetNamesOf(Path archive, ImageId id) {
        String made = archive.getFileName().toString().replace(ENDING, "");
        engine.images().find(id.toString()).map(Image::names).orElse(List.of()).stream()
                .filter(name -> name.familiarRepository().equals(made))
                .forEach(engine.images()::untag);
    }

    private String loadedMessage(ImageId id) {
        List<ImageReference> names =
                engine.images().find(id.toString()).map(Image::names).orElse(List.of());
        if (names.isEmpty()) {
            return "Loaded image ID: " + id + "\n";
        }
        StringBuilder message = new StringBuilder();
        names.forEach(
                name -> message.append("Loaded image: ").append(name.familiar()).append('\n'));
        return message.toString();
    }

    private void list(HttpExchange exchange) throws IOException {
        Filters filters = Filters.parse(exchange.request().parameter("filters"), LIST_FILTERS);
        List<TextPattern> references =
                filters.of("reference").stream().map(TextPattern::glob).toList();
        List<Map<String, Object>> rows = engine.images().list().stream()
                .filter(image -> fits(image, filters))
                .flatMap(image -> ofReferences(image, references).stream())
                .sorted(Comparator.comparing(Image::importedAt).reversed())
                .map(image -> Shapes.summary(image, users(image)))
                .toList();
        exchange.reply(200, "application/json", Json.write(rows));
    }

    private long users(Image image) {
        return engine.containers().list().stream()
                .filter(container -> container.image().equals(image.id()))
                .count();
    }

    private static boolean fits(Image image, Filters filters) {
        boolean dangling = image.names().isEmpty();
        return filters.allowsLabels(image.config().labels())
                && (filters.of("dangling").isEmpty()
                        || filters.of("dangling").contains(dangling ? "true" : "false")
                        || filters.of("dangling").contains(dangling ? "1" : "0"));
    }

    /// The image with those of its names and digests that fit; empty when none does.
    private static Optional<Image> ofReferences(Image image, List<TextPattern> references) {
        if (references.isEmpty()) {
            return Optional.of(image);
        }
        List<ImageReference> names = fitting(image.names(), references);
        List<ImageReference> digests = fitting(image.digests(), references);
        return names.isEmpty() && digests.isEmpty()
                ? Optional.empty()
                : Optional.of(new Image(
                        image.id(),
                        names,
                        digests,
                        image.manifest(),
                        image.createdAt(),
                        image.importedAt(),
                        image.platform(),
                        image.layers(),
                        image.config()));
    }

    private static List<ImageReference> fitting(List<ImageReference> names, List<TextPattern> references) {
        return names.stream()
                .filter(name -> references.stream()
                        .anyMatch(pattern -> pattern.fits(name.familiar()) || pattern.fits(name.familiarRepository())))
                .toList();
    }

    private void inspect(HttpExchange exchange, String name) throws IOException {
        Image image = named(name);
        PlatformChoice.requireOwn(exchange.request(), "inspecting", image);
        exchange.reply(200, "application/json", Json.write(Shapes.inspect(image)));
    }

    private void tag(HttpExchange exchange, String name) throws IOException {
        HttpRequest request = exchange.request();
        String repository = request.parameter("repo").orElseThrow(() -> new HttpException(400, "no repository given"));
        String reference =
                repository + request.parameter("tag").map(tag -> ":" + tag).orElse("");
        engine.images().tag(named(name).id(), ImageReference.parse(reference));
        exchange.reply(201);
    }

    /// A name is taken away, a tag or a digest; with its last name, or by id, the image goes.
    private void remove(HttpExchange exchange, String text) throws IOException {
        PlatformChoice.refuse(exchange.request(), "removing");
        Image image = named(text);
        Optional<ImageReference> name = nameOf(image, text);
        Set<ImageReference> gone = known(image);
        List<Map<String, String>> done = new ArrayList<>();
        if (name.isPresent() && !left(image, name.get()).isEmpty()) {
            engine.images().untag(name.get());
            gone.removeAll(left(image, name.get()));
            gone.forEach(each -> done.add(Map.of("Untagged", each.familiar())));
        } else {
            removeWhole(image, name.isPresent(), exchange.request().flag("force"));
            gone.forEach(each -> done.add(Map.of("Untagged", each.familiar())));
            done.add(Map.of("Deleted", image.id().toString()));
        }
        exchange.reply(200, "application/json", Json.write(done));
    }

    private void removeWhole(Image image, boolean byName, boolean force) {
        if (!byName && image.names().size() > 1 && !force) {
            throw new HttpException(
                    409,
                    "conflict: unable to delete " + image.id().shortId()
                            + " (must be forced) - image is referenced in multiple repositories");
        }
        if (force) {
            engine.images().forceRemove(image.id());
        } else {
            engine.images().remove(image.id());
        }
    }

    /// Its tags and its digests.
    private static Set<ImageReference> known(Image image) {
        Set<ImageReference> known = new LinkedHashSet<>(image.names());
        known.addAll(image.digests());
        return known;
    }

    /// What it is known by once a name is taken away; digests of a repository go with its last tag of that.
    private static Set<ImageReference> left(Image image, ImageReference gone) {
        Set<ImageReference> left = known(image);
        left.remove(gone);
        if (gone.digest().isEmpty() && image.names().stream().noneMatch(other -> isOtherTag(other, gone))) {
            left.removeIf(other -> other.digest().isPresent() && other.sharesRepositoryWith(gone));
        }
        return left;
    }

    private static List<String> tagsOf(Image image, ImageReference repository) {
        return image.names().stream()
                .filter(repository::sharesRepositoryWith)
                .map(ImageReference::familiar)
                .toList();
    }

    private static boolean isOtherTag(ImageReference other, ImageReference gone) {
        return !other.equals(gone) && other.sharesRepositoryWith(gone);
    }

    /// Which of its names a text is; empty when it is an id. With a digest, it is the digest that is named.
    private static Optional<ImageReference> nameOf(Image image, String text) {
        ImageReference asked;
        try {
            asked = ImageReference.parse(text);
        } catch (IllegalArgumentException noReference) {
            return Optional.empty();
        }
        if (asked.digest().isEmpty()) {
            return Optional.of(asked).filter(image.names()::contains);
        }
        if (!image.digests().contains(asked.withoutTag())) {
            throw new HttpException(
                    409,
                    "conflict: unable to remove " + text + " - this digest is no name of its own, but that of the"
                            + " image's manifest; remove "
                            + String.join(", ", tagsOf(image, asked)));
        }
        return Optional.of(asked.withoutTag());
    }
}
