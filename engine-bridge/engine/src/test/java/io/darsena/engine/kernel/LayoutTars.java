package io.darsena.engine.kernel;

import io.darsena.bridge.image.Image;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// The tars of an image's layers, out of the OCI layout that it was imported from, and what the engine says of each
/// held
/// against them.
///
/// @param layers the lowest first
record LayoutTars(Image image, List<List<TarEntry>> layers) {

    static LayoutTars of(Path layout, Image image) throws IOException {
        List<List<TarEntry>> layers = new ArrayList<>();
        for (Image.Layer layer : image.layers()) {
            layers.add(TarEntry.read(
                    layout.resolve("blobs/sha256").resolve(layer.blob().hex())));
        }
        return new LayoutTars(image, layers);
    }

    /// What of the trees of all layers differs from what their tars say, and how much was compared.
    Comparison compare(RealEngine real) {
        TarStack stack = new TarStack();
        List<String> differences = new ArrayList<>();
        Map<FileChange, Integer> changes = new EnumMap<>(FileChange.class);
        int lines = 0;
        for (int layer = 1; layer <= layers.size(); layer++) {
            stack.add(layers.get(layer - 1));
            FileTree tree = real.engine().layers().tree(image.id(), layer);
            SortedMap<String, String> expected = stack.lines();
            lines += expected.size();
            stack.changes().forEach(change -> changes.merge(change, 1, Integer::sum));
            for (String difference : MergedFiles.differences(expected, TarStack.lines(tree))) {
                differences.add("layer " + layer + ": " + difference);
            }
        }
        return new Comparison(lines, changes, differences);
    }

    /// @param lines of entries that were compared, those of each layer's tree
    /// @param changes what the layers do by their tars, all together
    record Comparison(int lines, Map<FileChange, Integer> changes, List<String> differences) {}
}
