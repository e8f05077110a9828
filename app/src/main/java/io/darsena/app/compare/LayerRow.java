package io.darsena.app.compare;

import io.darsena.bridge.image.Image;
import io.darsena.bridge.layer.LayerComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One height of two pyramids that stand on the same base: a layer that both have, or what each has there.
///
/// @param number of the layer in each image, the lowest being 1
/// @param largest bytes of the largest layer of both
record LayerRow(int number, Optional<Image.Layer> before, Optional<Image.Layer> after, boolean shared, long largest) {

    /// Uppermost first.
    static List<LayerRow> of(LayerComparison layers) {
        long largest = 0;
        for (List<Image.Layer> some : List.of(layers.shared(), layers.before(), layers.after())) {
            largest = Math.max(
                    largest, some.stream().mapToLong(Image.Layer::size).max().orElse(0));
        }
        List<LayerRow> rows = new ArrayList<>();
        int base = layers.shared().size();
        for (int i = 0; i < base; i++) {
            Optional<Image.Layer> both = Optional.of(layers.shared().get(i));
            rows.add(new LayerRow(i + 1, both, both, true, largest));
        }
        int higher = Math.max(layers.before().size(), layers.after().size());
        for (int i = 0; i < higher; i++) {
            rows.add(new LayerRow(base + i + 1, at(layers.before(), i), at(layers.after(), i), false, largest));
        }
        return rows.reversed();
    }

    private static Optional<Image.Layer> at(List<Image.Layer> layers, int index) {
        return index < layers.size() ? Optional.of(layers.get(index)) : Optional.empty();
    }

    /// The square root of its share of the largest, so that small ones can be told apart.
    double width(Image.Layer layer) {
        return largest == 0 ? 0 : Math.sqrt((double) layer.size() / largest);
    }
}
