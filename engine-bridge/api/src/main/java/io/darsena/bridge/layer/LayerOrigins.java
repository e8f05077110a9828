package io.darsena.bridge.layer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Which layers of two compared sources are the same. The arrays are not changed.
///
/// @param shared how many of the lowest
/// @param before a number for each layer of the old image, lowest first
/// @param after for each of the new one: the same number where the layer is the same
record LayerOrigins(int shared, int[] before, int[] after) {

    static LayerOrigins ofLowest(int shared) {
        return new LayerOrigins(shared, new int[0], new int[0]);
    }

    static LayerOrigins of(LayerComparison layers) {
        Map<Object, Integer> numbers = new HashMap<>();
        return new LayerOrigins(
                layers.shared().size(),
                numbered(numbers, layers.shared(), layers.before()),
                numbered(numbers, layers.shared(), layers.after()));
    }

    private static int[] numbered(
            Map<Object, Integer> numbers, List<LayerComparison.Layer> lowest, List<LayerComparison.Layer> others) {
        return Stream.concat(lowest.stream(), others.stream())
                .mapToInt(layer -> numbers.computeIfAbsent(identity(layer), any -> numbers.size()))
                .toArray();
    }

    /// What a container has written is the same as nothing else.
    private static Object identity(LayerComparison.Layer layer) {
        return layer.diffId().<Object>map(Function.identity()).orElseGet(Object::new);
    }

    LayerOrigins reversed() {
        return new LayerOrigins(shared, after, before);
    }

    /// It is the same layer, on the same ones.
    boolean areOneBase(int then, int now) {
        return then == now && now <= shared;
    }

    /// It is the same layer, whatever lies below it.
    boolean areOneLayer(int then, int now) {
        boolean known = then > 0 && then <= before.length && now > 0 && now <= after.length;
        return areOneBase(then, now) || known && before[then - 1] == after[now - 1];
    }
}
