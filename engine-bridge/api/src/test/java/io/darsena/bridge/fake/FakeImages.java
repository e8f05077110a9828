package io.darsena.bridge.fake;

import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.trash.TrashRefusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/// The images of a [FakeEngine]. An import takes any existing file and names the image after it.
final class FakeImages implements Images {

    private final FakeEngine engine;
    private final Map<ImageId, Image> images = new LinkedHashMap<>();

    FakeImages(FakeEngine engine) {
        this.engine = engine;
    }

    static Digest digest(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return new Digest(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    ImageId add(String name, ImageConfig config, long size) {
        ImageReference reference = ImageReference.parse(name);
        Image.Layer layer = new Image.Layer(
                new DiffId(digest("layer " + reference)), digest("blob " + reference), size, size / 2, "COPY . /");
        return add(reference, config, List.of(layer));
    }

    /// Equal layers of several images are one.
    ImageId add(String name, ImageConfig config, List<FakeLayer> layers) {
        return add(
                ImageReference.parse(name),
                config,
                layers.stream()
                        .map(layer -> new Image.Layer(
                                new DiffId(digest(layer.toString())),
                                digest("blob " + layer),
                                layer.size(),
                                layer.size() / 2,
                                layer.instruction()))
                        .toList());
    }

    private ImageId add(ImageReference reference, ImageConfig config, List<Image.Layer> layers) {
        ImageId id = new ImageId(digest("config " + reference));
        Image image = new Image(
                id,
                List.of(reference),
                List.of(),
                digest("manifest " + reference),
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                Instant.now(),
                "linux/amd64",
                layers,
                config);
        put(image, EngineEvent.ImageAction.IMPORT);
        return id;
    }

    void put(Image image, EngineEvent.ImageAction action) {
        engine.hub().publish(() -> {
            synchronized (images) {
                images.put(image.id(), image);
            }
            return new EngineEvent.ImageChanged(image, action, Instant.now());
        });
        engine.sync().tell();
    }

    @Override
    public List<Image> list() {
        synchronized (images) {
            return List.copyOf(images.values());
        }
    }

    @Override
    public Optional<Image> find(String nameOrId) {
        String hex = nameOrId.startsWith("sha256:") ? nameOrId.substring(7) : nameOrId;
        if (hex.matches("[0-9a-f]{4,64}")) {
            List<Image> fitting = list().stream()
                    .filter(image -> image.id().digest().hex().startsWith(hex))
                    .toList();
            if (fitting.size() > 1) {
                throw new InvalidRequestException(
                        "find", "image " + nameOrId, "several ids begin so", "give more digits");
            }
            if (fitting.size() == 1) {
                return Optional.of(fitting.getFirst());
            }
        }
        try {
            ImageReference reference = ImageReference.parse(nameOrId);
            return list().stream()
                    .filter(image -> reference.digest().isPresent()
                            ? image.digests().contains(reference.withoutTag())
                            : image.names().contains(reference))
                    .findFirst();
        } catch (IllegalArgumentException noReference) {
            return Optional.empty();
        }
    }

    @Override
    public List<ImageId> importFrom(Path source, Consumer<? super TransferProgress> progress) {
        engine.failIfAsked("import");
        if (!Files.exists(source)) {
            throw new NotFoundException("import", source.toString(), "there is no such file", "");
        }
        String name = String.valueOf(source.getFileName());
        if (name.contains("broken")) {
            throw new CorruptedException("import", name, "a layer's digest does not match", "fetch the archive again");
        }
        for (String stage : List.of("reading", "verifying", "unpacking", "finishing")) {
            progress.accept(new TransferProgress(stage, name, 1 << 20, OptionalLong.of(1 << 20)));
        }
        Optional<List<ImageId>> saved = restored(source);
        if (saved.isPresent()) {
            return saved.get();
        }
        String repository = name.replaceFirst("\\.(oci\\.)?tar(\\.gz)?$", "").toLowerCase(java.util.Locale.ROOT);
        return List.of(add(repository + ":latest", FakeEngine.STARTER_CONFIG, 4 << 20));
    }

    private Optional<List<ImageId>> restored(Path source) {
        if (!Files.isRegularFile(source)) {
            return Optional.empty();
        }
        try {
            String content = new String(Files.readAllBytes(source), StandardCharsets.ISO_8859_1);
            if (!FakeArchive.isOne(content)) {
                return Optional.empty();
            }
            List<Image> saved = FakeArchive.read(content);
            for (Image image : saved) {
                List<ImageReference> names = image.names();
                put(find(image.id().toString()).orElse(withNames(image, List.of())), EngineEvent.ImageAction.IMPORT);
                names.forEach(name -> tag(image.id(), name));
            }
            return Optional.of(saved.stream().map(Image::id).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(
            List<String> wanted, ArchiveFormat format, Path file, Consumer<? super TransferProgress> progress) {
        engine.failIfAsked("save");
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null) {
            throw new InvalidRequestException("save", file.toString(), "it is a folder", "name a file in it");
        }
        if (!Files.isDirectory(folder)) {
            throw new NotFoundException("save", file.toString(), "there is no folder " + folder, "make it");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        save(wanted, format, bytes, progress);
        try {
            Files.write(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(
            List<String> wanted,
            ArchiveFormat format,
            OutputStream stream,
            Consumer<? super TransferProgress> progress) {
        Map<ImageId, Image> found = new LinkedHashMap<>();
        for (String each : wanted) {
            Image image = find(each)
                    .orElseThrow(() -> new NotFoundException("save", "image " + each, "there is no such image", ""));
            List<ImageReference> names = new ArrayList<>(
                    found.getOrDefault(image.id(), withNames(image, List.of())).names());
            image.names().stream().filter(name -> isName(each, name)).forEach(names::add);
            found.put(image.id(), withNames(image, names));
        }
        if (found.isEmpty()) {
            throw new InvalidRequestException("save", "images", "none is named", "name at least one");
        }
        byte[] bytes = FakeArchive.of(List.copyOf(found.values()));
        for (int quarter = 0; quarter <= 4; quarter++) {
            progress.accept(new TransferProgress(
                    "writing", String.join(", ", wanted), bytes.length * quarter / 4, OptionalLong.of(bytes.length)));
            engine.waitWhileHeld("save");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("cancelled: save");
        }
        try {
            stream.write(bytes);
        } catch (IOException e) {
            throw new FailedException("save", String.join(", ", wanted), String.valueOf(e.getMessage()), "");
        }
    }

    private static boolean isName(String text, ImageReference name) {
        try {
            return ImageReference.parse(text).equals(name);
        } catch (IllegalArgumentException noReference) {
            return false;
        }
    }

    @Override
    public ImageId restoreStarter() {
        engine.failIfAsked("restore starter");
        return find(FakeEngine.STARTER)
                .map(Image::id)
                .orElseGet(() -> add(FakeEngine.STARTER, FakeEngine.STARTER_CONFIG, FakeEngine.STARTER_SIZE));
    }

    /// Whoever else bears the name does not any more.
    void takeAway(ImageReference name, ImageId keeper) {
        list().stream()
                .filter(image -> image.names().contains(name) && !image.id().equals(keeper))
                .forEach(image -> put(withoutName(image, name), EngineEvent.ImageAction.UNTAG));
    }

    @Override
    public void tag(ImageId id, ImageReference name) {
        takeAway(name, id);
        Image image = image("tag", id);
        if (!image.names().contains(name)) {
            List<ImageReference> names = new ArrayList<>(image.names());
            names.add(name);
            put(withNames(image, names.stream().sorted().toList()), EngineEvent.ImageAction.TAG);
        }
    }

    @Override
    public void untag(ImageReference name) {
        Image image = find(name.toString())
                .orElseThrow(() -> new NotFoundException("untag", "image " + name.familiar(), "there is none", ""));
        put(withoutName(image, name), EngineEvent.ImageAction.UNTAG);
    }

    private static Image withoutName(Image image, ImageReference name) {
        if (name.digest().isPresent()) {
            List<ImageReference> others = image.digests().stream()
                    .filter(digest -> !digest.equals(name.withoutTag()))
                    .toList();
            return withNamesAndDigests(image, image.names(), others);
        }
        List<ImageReference> names =
                image.names().stream().filter(other -> !other.equals(name)).toList();
        boolean known = names.stream().anyMatch(name::sharesRepositoryWith);
        List<ImageReference> digests = image.digests().stream()
                .filter(digest -> known || !digest.sharesRepositoryWith(name))
                .toList();
        return withNamesAndDigests(image, names, digests);
    }

    private static Image withNames(Image image, List<ImageReference> names) {
        return withNamesAndDigests(image, names, image.digests());
    }

    private static Image withNamesAndDigests(Image image, List<ImageReference> names, List<ImageReference> digests) {
        return new Image(
                image.id(),
                names,
                digests,
                image.manifest(),
                image.createdAt(),
                image.importedAt(),
                image.platform(),
                image.layers(),
                image.config());
    }

    @Override
    public void forceRemove(ImageId id) {
        boolean used = engine.containers().list().stream()
                .anyMatch(container -> container.image().equals(id));
        if (!used) {
            engine.trash().usersOf(id).forEach(entry -> engine.trash().purge(entry.id()));
        }
        remove(id);
    }

    @Override
    public void remove(ImageId id) {
        engine.failIfAsked("remove image");
        Image image = image("remove", id);
        List<String> users = engine.containers().list().stream()
                .filter(container -> container.image().equals(id))
                .map(container -> container.name())
                .toList();
        if (!users.isEmpty()) {
            throw new ConflictException(
                    "remove",
                    "image " + image.displayName(),
                    "it is used by " + String.join(", ", users),
                    "remove these containers first");
        }
        List<String> pinning = engine.trash().usersOf(id).stream()
                .map(entry -> entry.container().name())
                .toList();
        if (!pinning.isEmpty()) {
            throw TrashRefusal.pinned(image.displayName(), pinning);
        }
        engine.hub().publish(() -> {
            synchronized (images) {
                images.remove(id);
            }
            return new EngineEvent.ImageRemoved(id, Instant.now());
        });
        engine.sync().tell();
    }

    private Image image(String operation, ImageId id) {
        return list().stream()
                .filter(image -> image.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new NotFoundException(operation, "image " + id.shortId(), "there is no such image", ""));
    }

    @Override
    public String inspect(ImageId id) {
        Image image = image("inspect", id);
        return "{\n  \"Id\" : \"%s\",\n  \"Size\" : %d\n}".formatted(id, image.size());
    }
}
