package io.darsena.launch;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.EngineException;
import io.darsena.engine.InProcessEngine;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A directory in which a test lets engines work, as processes of their own. Whatever the test did or left undone, the
/// processes end, the containers are removed, and so is the directory. In a static field it is one for all tests of a
/// class, else one for each.
final class EngineHome implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private final List<ServeProcess> processes = new ArrayList<>();
    private final List<Path> roots = new ArrayList<>();
    private Path directory = Path.of("");
    private boolean shared;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        shared = true;
        open();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (!shared) {
            open();
        }
    }

    private void open() throws IOException {
        directory = Files.createTempDirectory("darsena-serve-");
    }

    Path directory() {
        return directory;
    }

    /// Where an engine of the test keeps everything.
    Path root(String name) {
        Path root = directory.resolve(name);
        if (!roots.contains(root)) {
            roots.add(root);
        }
        return root;
    }

    ServeProcess serve(Path socket) throws IOException, InterruptedException {
        return kept(ServeProcess.start(directory, root("root"), socket));
    }

    ServeProcess serve(Path root, Path socket) throws IOException, InterruptedException {
        return kept(ServeProcess.start(directory, root, socket));
    }

    ServeProcess begin(String... arguments) throws IOException {
        return kept(ServeProcess.begin(directory, List.of(arguments)));
    }

    private ServeProcess kept(ServeProcess process) {
        processes.add(process);
        return process;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        if (!shared) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        close();
    }

    private void close() throws Exception {
        for (ServeProcess process : processes) {
            process.kill();
        }
        for (Path root : roots) {
            empty(EnginePaths.under(root));
        }
        delete(directory);
    }

    /// Files of containers may belong to subordinate ids: the engine itself removes them.
    private static void empty(EnginePaths paths) throws IOException {
        if (Files.exists(paths.database())) {
            try (Engine engine = InProcessEngine.open(paths)) {
                engine.containers()
                        .list()
                        .forEach(container -> engine.containers().forceRemove(container.id()));
                engine.images().list().forEach(image -> engine.images().remove(image.id()));
            } catch (EngineException failure) {
                throw new IOException("something is left in " + paths.data(), failure);
            }
        }
        delete(paths.run());
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(directory)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
