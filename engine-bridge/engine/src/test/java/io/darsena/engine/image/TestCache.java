package io.darsena.engine.image;

import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.ImageId;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.starter.StarterImage;
import io.darsena.engine.store.Database;
import io.darsena.runtime.ContainerRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// An image cache in a directory, with all that it works on.
public final class TestCache implements AutoCloseable {

    public final EnginePaths paths;
    public final Database database;
    public final List<EngineEvent> events = new CopyOnWriteArrayList<>();
    final Map<ImageId, List<String>> users = new ConcurrentHashMap<>();
    public final ImageCache images;

    public TestCache(Path root, ContainerRuntime runtime) {
        this(root, runtime, Map.of());
    }

    /// @param containers names of those that are made from an image
    TestCache(Path root, ContainerRuntime runtime, Map<ImageId, List<String>> containers) {
        users.putAll(containers);
        paths = EnginePaths.under(root);
        paths.prepare();
        database = Database.open(paths);
        images = new ImageCache(
                paths,
                database,
                runtime,
                image -> users.getOrDefault(image, List.of()),
                events::add,
                cache -> new StarterImage(paths, database, cache).restore());
    }

    public List<ImageId> load(Path source) {
        return images.importFrom(source, progress -> {});
    }

    public BlobStore blobs() {
        return new BlobStore(paths);
    }

    public List<String> layerNames() {
        return names(paths.layers());
    }

    /// What is neither a blob nor a layer in place: there should be nothing once nothing is under way.
    public List<String> unfinished() {
        return Stream.concat(names(paths.ingest()).stream(), names(paths.trash()).stream())
                .toList();
    }

    static List<String> names(Path directory) {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
