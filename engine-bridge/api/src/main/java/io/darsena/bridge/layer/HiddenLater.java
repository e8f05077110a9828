package io.darsena.bridge.layer;

import java.util.List;
import java.util.OptionalInt;

/// What of one layer of an image later layers hide: they overwrite it, or remove it. Of directories those count that
/// are gone, or are none any more.
///
/// @param layers those that hide something, the lowest first
public record HiddenLater(List<ByLayer> layers) {

    public static final HiddenLater NOTHING = new HiddenLater(List.of());

    /// @param layer its number, the lowest being 1
    /// @param nodes entries of the [FileTree] whose uppermost layer is the one that had them
    public record ByLayer(int layer, NodeSet nodes) {}

    public HiddenLater {
        layers = List.copyOf(layers);
    }

    /// The first layer that hides an entry, if one does.
    public OptionalInt by(int node) {
        return layers.stream()
                .filter(each -> each.nodes().has(node))
                .mapToInt(ByLayer::layer)
                .findFirst();
    }
}
