package io.darsena.launch;

import io.darsena.bridge.Engine;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FileFilter;
import io.darsena.bridge.layer.FileTree;
import io.darsena.engine.InProcessEngine;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Measures looking into images of many files: listing a layer's entries while it is read, making the tree of an image
/// from the lists of its layers, what the tree takes, and filtering it as letters are typed. Times in milliseconds.
final class LayersBench implements AutoCloseable {

    private static final List<String> TYPED = List.of("f", "f4", "f42", "f42.", "f42.j", "f42.js");
    private static final int OPENINGS = 7;

    private final Path directory;
    private final Engine engine;

    private LayersBench(Path directory) {
        this.directory = directory;
        this.engine = InProcessEngine.open(EnginePaths.under(directory.resolve("engine")));
    }

    /// @param parent where a directory is made that is removed again
    static LayersBench open(Path parent) throws IOException {
        return new LayersBench(Files.createTempDirectory(parent, "dbench"));
    }

    private static void say(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }

    void measure() throws IOException {
        BenchImages images = new BenchImages(directory.resolve("images"), 0);
        measure(images.manyFiles());
        measure(images.emptyFiles());
    }

    private void measure(BenchImages.Made made) throws IOException {
        long begun = System.nanoTime();
        ImageId image = engine.images().importFrom(made.layout(), told -> {}).getFirst();
        double imported = millis(begun);
        long before = used();
        begun = System.nanoTime();
        FileTree tree = engine.layers().tree(image, 1);
        double first = millis(begun);
        long holds = used() - before;
        say("%s: %d entries, imported in %.0f", made.name(), tree.limit() - 1, imported);
        measureListing(made.layers().getFirst());
        say("  first opening      %7.0f", first);
        List<Double> openings = new ArrayList<>();
        for (int i = 0; i < OPENINGS; i++) {
            begun = System.nanoTime();
            engine.layers().tree(image, 1);
            openings.add(millis(begun));
        }
        say("  further openings   %7.0f (median of %d)", median(openings), OPENINGS);
        say("  the tree takes     %7.1f MB", holds / 1e6);
        List<Double> filters = new ArrayList<>();
        for (String words : TYPED) {
            begun = System.nanoTime();
            tree.matching(FileFilter.ALL.withWords(words));
            filters.add(millis(begun));
        }
        say(
                "  a letter typed     %7.1f (median; the slowest %.1f)",
                median(filters),
                filters.stream().mapToDouble(each -> each).max().orElse(0));
        engine.images().remove(image);
    }

    private void measureListing(Path layer) throws IOException {
        List<Double> alone = new ArrayList<>();
        List<Double> listing = new ArrayList<>();
        Path list = directory.resolve("list");
        try (BenchProgram indexing =
                BenchProgram.start("indexing", directory, List.of(layer.toString(), list.toString()))) {
            for (int i = 0; i < OPENINGS; i++) {
                List<Long> nanos = indexing.run();
                alone.add(nanos.getFirst() / 1e6);
                listing.add(nanos.getLast() / 1e6);
            }
        }
        say(
                "  reading the layer  %7.0f, and listing its entries %.0f: %.2f of it (medians of %d)",
                median(alone), median(listing), median(listing) / median(alone), OPENINGS);
    }

    private static double median(List<Double> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private static double millis(long begun) {
        return (System.nanoTime() - begun) / 1e6;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Override
    public void close() throws IOException {
        engine.close();
        BenchPeer.run(List.of("rm", "-rf", directory.toString()));
    }
}
