package io.darsena.app.main;

import io.darsena.app.session.EngineSession;
import io.darsena.app.session.EngineStage;
import io.darsena.bridge.Engine;
import io.darsena.bridge.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Clears away what a tour made: its containers and images through the engine (files in them may belong to subordinate
/// ids), then the directory.
record TourEnd(EngineSession session, Path home) {

    /// Says whether nothing is left.
    boolean clear() {
        try {
            if (session.stage().get() instanceof EngineStage.Open open) {
                empty(open.engine());
            }
            session.close();
            delete();
            return true;
        } catch (EngineException | IOException left) {
            System.out.println("failed: something is left in " + home + ": " + left.getMessage());
            return false;
        }
    }

    private static void empty(Engine engine) {
        engine.containers().list().forEach(container -> engine.containers().forceRemove(container.id()));
        engine.trash().purgeAll();
        engine.images().list().forEach(image -> engine.images().remove(image.id()));
    }

    private void delete() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(home)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
