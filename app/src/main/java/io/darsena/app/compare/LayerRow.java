package io.darsena.app.compare;

import io.darsena.bridge.layer.LayerComparison;
import io.darsena.bridge.layer.LayerComparison.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One height of two pyramids that stand on the same base: a layer that both have, or what each has there.
///
/// @param number of the layer in each image, the lowest being 1
/// @param all of both images
/// @param largest bytes of the largest of them
record LayerRow(
        int number, Optional<Layer> before, Optional<Layer> after, boolean shared, LayerComparison all, long largest) {

    /// Uppermost first.
    static List<LayerRow> of(LayerComparison layers) {
        long largest = Stream.of(layers.shared(), layers.before(), layers.after())
                .flatMap(List::stream)
                .mapToLong(layers::bytes)
                .max()
                .orElse(0);
        List<LayerRow> rows = new ArrayList<>();
        int base = layers.shared().size();
        for (int i = 0; i < base; i++) {
            Optional<Layer> both = Optional.of(layers.shared().get(i));
            rows.add(new LayerRow(i + 1, both, both, true, layers, largest));
        }
        int higher = Math.max(layers.before().size(), layers.after().size());
        for (int i = 0; i < higher; i++) {
            rows.add(new LayerRow(base + i + 1, at(layers.before(), i), at(layers.after(), i), false, layers, largest));
        }
        return rows.reversed();
    }

    private static Optional<Layer> at(List<Layer> layers, int index) {
        return index < layers.size() ? Optional.of(layers.get(index)) : Optional.empty();
    }

    long bytes(Layer layer) {
        return all.bytes(layer);
    }

    /// The square root of its share of the largest, so that small ones can be told apart.
    double width(Layer layer) {
        return largest == 0 ? 0 : Math.sqrt((double) bytes(layer) / largest);
    }
}
