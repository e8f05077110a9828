package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.References;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Everything that an index leads to: manifests of all platforms, their configs and layers, statements about them.
/// Foreign layers, which their maker does not allow to pass on, are left out, and so is what lies absurdly deep.
final class IndexTree {

    private static final int DEEPEST = 6;
    private static final int MOST_BLOBS = 20_000;

    private final Function<Descriptor, Optional<byte[]>> documents;
    private final Map<Digest, Descriptor> found = new LinkedHashMap<>();

    private IndexTree(Function<Descriptor, Optional<byte[]>> documents) {
        this.documents = documents;
    }

    /// Each blob once, the index first.
    ///
    /// @param documents gives the bytes of indexes and manifests; where it has none, the whole is not known
    static Optional<List<Descriptor>> of(Descriptor index, Function<Descriptor, Optional<byte[]>> documents) {
        IndexTree tree = new IndexTree(documents);
        return tree.visit(index, 0) ? Optional.of(List.copyOf(tree.found.values())) : Optional.empty();
    }

    private boolean visit(Descriptor descriptor, int depth) {
        if (depth > DEEPEST
                || found.size() >= MOST_BLOBS
                || descriptor.mediaType().isForeignLayer()
                || found.putIfAbsent(descriptor.digest(), descriptor) != null) {
            return true;
        }
        if (!descriptor.mediaType().isIndex() && !descriptor.mediaType().isManifest()) {
            return true;
        }
        Optional<byte[]> document = documents.apply(descriptor);
        return document.isPresent() && References.of(document.get()).stream().allMatch(each -> visit(each, depth + 1));
    }
}
