package io.darsena.engine.image;

import io.darsena.bridge.image.ImageId;
import java.nio.file.Path;

/// Imports archives and layouts as a process of its own, to be measured or killed.
///
/// usage: ImportOne ROOT SOURCE…
final class ImportOne {

    private ImportOne() {}

    public static void main(String[] arguments) {
        Path root = Path.of(arguments[0]);
        try (var runtime = RealRuntime.open(root);
                TestCache cache = new TestCache(root, runtime)) {
            System.out.println("ready");
            for (int i = 1; i < arguments.length; i++) {
                long begin = System.nanoTime();
                for (ImageId id : cache.load(Path.of(arguments[i]))) {
                    System.out.println("imported " + id + " in " + (System.nanoTime() - begin) / 1_000_000 + " ms");
                }
            }
        }
    }
}
