package io.darsena.bridge.layer;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.registry.ImagePreview;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The layers of two images beside each other.
///
/// @param shared the lowest ones as far as both have the same, lowest first
/// @param before what the old image has on them
/// @param after what the new image has on them
public record LayerComparison(List<Layer> shared, List<Layer> before, List<Layer> after) {

    public LayerComparison {
        shared = List.copyOf(shared);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /// @param size bytes of unpacked content; empty where only a registry has told of it
    /// @param storedSize bytes of the blob as received
    /// @param createdBy the history's word for it; may be empty
    /// @param here whether nothing of it would have to be fetched
    public record Layer(DiffId diffId, OptionalLong size, long storedSize, String createdBy, boolean here) {

        private static List<Layer> of(Image image) {
            return image.layers().stream()
                    .map(layer -> new Layer(
                            layer.diffId(), OptionalLong.of(layer.size()), layer.storedSize(), layer.createdBy(), true))
                    .toList();
        }

        private static List<Layer> of(ImagePreview image) {
            return image.layers().stream()
                    .map(layer -> new Layer(
                            layer.diffId(), OptionalLong.empty(), layer.storedSize(), layer.createdBy(), layer.here()))
                    .toList();
        }
    }

    public static LayerComparison of(Image before, Image after) {
        return of(Layer.of(before), Layer.of(after));
    }

    /// With what a registry has.
    public static LayerComparison of(Image before, ImagePreview after) {
        return of(Layer.of(before), Layer.of(after));
    }

    private static LayerComparison of(List<Layer> then, List<Layer> now) {
        int same = 0;
        while (same < Math.min(then.size(), now.size())
                && then.get(same).diffId().equals(now.get(same).diffId())) {
            same++;
        }
        return new LayerComparison(
                now.subList(0, same), then.subList(same, then.size()), now.subList(same, now.size()));
    }

    /// The other way round.
    public LayerComparison reversed() {
        return new LayerComparison(shared, after, before);
    }

    /// Whether it is known of each layer how large it is unpacked.
    public boolean isUnpacked() {
        return Stream.of(shared, before, after)
                .flatMap(List::stream)
                .allMatch(layer -> layer.size().isPresent());
    }

    /// By what the layers of both can be compared: bytes unpacked where that is known of each, else of the blob.
    public long bytes(Layer layer) {
        return isUnpacked() ? layer.size().orElseThrow() : layer.storedSize();
    }

    /// Bytes as received of the layers that only the new image has: what comes when one who has the old one gets it.
    public long toFetch() {
        Set<DiffId> there = Stream.concat(shared.stream(), before.stream())
                .map(Layer::diffId)
                .collect(Collectors.toCollection(HashSet::new));
        return after.stream()
                .filter(layer -> there.add(layer.diffId()))
                .mapToLong(Layer::storedSize)
                .sum();
    }
}
