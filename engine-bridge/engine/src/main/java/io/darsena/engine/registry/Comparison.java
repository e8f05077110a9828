package io.darsena.engine.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.registry.RateGauge;
import io.darsena.engine.image.ImageExchange;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.ImageIndex;
import io.darsena.engine.image.document.Manifest;
import io.darsena.engine.image.document.Platform;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Tells what a name stands for by its head, and reads its documents only when that is news and the
/// registry's rate limit is not near.
record Comparison(ImageExchange exchange, Platform platform) {

    /// Of the pulls a registry allows this part is left to people.
    private static final long RESERVED_PART = 4;

    /// @param enough whether no more need be known of such a digest
    RemoteTag of(Resolution resolution, Predicate<Digest> enough) {
        Descriptor target = resolution.target();
        if (enough.test(target.digest())) {
            return new RemoteTag(target.digest(), Optional.empty());
        }
        RemoteRepository place = resolution.places().getFirst();
        boolean spared = resolution.document().isEmpty()
                && place.client().endpoint().rate().filter(Comparison::isNear).isPresent();
        return new RemoteTag(target.digest(), spared ? Optional.empty() : Optional.of(contents(resolution, place)));
    }

    static boolean isNear(RateGauge rate) {
        return rate.remaining() <= Math.max(1, rate.limit() / RESERVED_PART);
    }

    private RemoteContents contents(Resolution resolution, RemoteRepository place) {
        Descriptor target = resolution.target();
        byte[] bytes = resolution.document().map(RemoteDocument::bytes).orElseGet(() -> document(target, place));
        if (!target.mediaType().isIndex()) {
            return new RemoteContents(Optional.of(target.digest()), parts(target, bytes));
        }
        Map<Digest, Long> parts = new HashMap<>(Map.of(target.digest(), (long) bytes.length));
        ImageIndex index = ImageIndex.parse(bytes, "index " + target.digest());
        Optional<Descriptor> best = ImageIndex.suitable(index.manifests().stream(), platform).stream()
                .findFirst();
        best.ifPresent(each -> parts.putAll(parts(each, document(each, place))));
        return new RemoteContents(best.map(Descriptor::digest), parts);
    }

    private static Map<Digest, Long> parts(Descriptor manifest, byte[] bytes) {
        Manifest document = Manifest.parse(bytes, "manifest " + manifest.digest());
        Map<Digest, Long> parts = new HashMap<>();
        document.layers().forEach(layer -> parts.put(layer.digest(), layer.size()));
        parts.put(document.config().digest(), document.config().size());
        parts.put(manifest.digest(), (long) bytes.length);
        return parts;
    }

    private byte[] document(Descriptor descriptor, RemoteRepository place) {
        return exchange.document(descriptor.digest())
                .orElseGet(() -> place.document(descriptor.digest().toString()).bytes());
    }
}
