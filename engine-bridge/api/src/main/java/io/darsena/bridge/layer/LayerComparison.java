package io.darsena.bridge.layer;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.registry.ImagePreview;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The layers of two images beside each other, or of containers, whose own layer is the uppermost.
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

    /// @param diffId absent for what a container has written
    /// @param size bytes of unpacked content; empty where only a registry has told of it
    /// @param storedSize bytes of the blob as received
    /// @param createdBy the history's word for it; may be empty
    /// @param here whether nothing of it would have to be fetched
    public record Layer(Optional<DiffId> diffId, OptionalLong size, long storedSize, String createdBy, boolean here) {

        /// Those of an image, lowest first.
        public static List<Layer> of(Image image) {
            return image.layers().stream()
                    .map(layer -> new Layer(
                            Optional.of(layer.diffId()),
                            OptionalLong.of(layer.size()),
                            layer.storedSize(),
                            layer.createdBy(),
                            true))
                    .toList();
        }

        private static List<Layer> of(ImagePreview image) {
            return image.layers().stream()
                    .map(layer -> new Layer(
                            Optional.of(layer.diffId()),
                            OptionalLong.empty(),
                            layer.storedSize(),
                            layer.createdBy(),
                            layer.here()))
                    .toList();
        }

        /// Those of a container, lowest first: its image's, and its own.
        ///
        /// @param written bytes of the files in its own
        public static List<Layer> of(Image image, long written) {
            List<Layer> layers = new ArrayList<>(of(image));
            layers.add(new Layer(Optional.empty(), OptionalLong.of(written), 0, "", true));
            return layers;
        }

        /// What a container has written: no image has it.
        public boolean isWritable() {
            return diffId.isEmpty();
        }
    }

    public static LayerComparison of(Image before, Image after) {
        return of(Layer.of(before), Layer.of(after));
    }

    /// With what a registry has.
    public static LayerComparison of(Image before, ImagePreview after) {
        return of(Layer.of(before), Layer.of(after));
    }

    /// @param then those of the old one, lowest first
    /// @param now those of the new one
    public static LayerComparison of(List<Layer> then, List<Layer> now) {
        int same = 0;
        while (same < Math.min(then.size(), now.size())
                && !then.get(same).isWritable()
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
                .flatMap(layer -> layer.diffId().stream())
                .collect(Collectors.toCollection(HashSet::new));
        return after.stream()
                .filter(layer -> layer.diffId().filter(there::add).isPresent())
                .mapToLong(Layer::storedSize)
                .sum();
    }
}
