package io.darsena.bridge.layer;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Image;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The layers of two images beside each other.
///
/// @param shared the lowest ones as far as both have the same, lowest first
/// @param before what the old image has on them
/// @param after what the new image has on them
public record LayerComparison(List<Image.Layer> shared, List<Image.Layer> before, List<Image.Layer> after) {

    public LayerComparison {
        shared = List.copyOf(shared);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    public static LayerComparison of(Image before, Image after) {
        List<Image.Layer> then = before.layers();
        List<Image.Layer> now = after.layers();
        int same = 0;
        while (same < Math.min(then.size(), now.size())
                && then.get(same).diffId().equals(now.get(same).diffId())) {
            same++;
        }
        return new LayerComparison(
                now.subList(0, same), then.subList(same, then.size()), now.subList(same, now.size()));
    }

    /// Bytes as received of the layers that only the new image has: what comes when one who has the old one gets it.
    public long toFetch() {
        Set<DiffId> there = Stream.concat(shared.stream(), before.stream())
                .map(Image.Layer::diffId)
                .collect(Collectors.toCollection(HashSet::new));
        return after.stream()
                .filter(layer -> there.add(layer.diffId()))
                .mapToLong(Image.Layer::storedSize)
                .sum();
    }
}
