package io.darsena.engine.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.ImageOrigin;
import io.darsena.engine.image.document.Descriptor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Where one pull's bytes come from: the place that knew the name first, then those behind it.
final class PullOrigin implements ImageOrigin {

    private final Purpose purpose;
    private final List<RemoteRepository> places;
    private final Map<Digest, byte[]> read = new ConcurrentHashMap<>();

    /// Places that gave wrong bytes of a blob.
    private final Map<Digest, Integer> distrusted = new ConcurrentHashMap<>();

    /// @param document that was read already to resolve the name
    PullOrigin(Purpose purpose, List<RemoteRepository> places, Optional<RemoteDocument> document) {
        this.purpose = purpose;
        this.places = List.copyOf(places);
        document.ifPresent(given -> read.put(given.descriptor().digest(), given.bytes()));
    }

    @Override
    public String name() {
        return purpose.subject();
    }

    @Override
    public InputStream open(Descriptor blob, long offset) {
        byte[] bytes = offset == 0 ? read.get(blob.digest()) : null;
        if (bytes != null) {
            return new ByteArrayInputStream(bytes);
        }
        int first = distrusted.getOrDefault(blob.digest(), 0);
        return new ResumingStream(blob, offset, places.subList(Math.min(first, places.size() - 1), places.size()));
    }

    @Override
    public boolean distrust(Descriptor blob) {
        read.remove(blob.digest());
        return distrusted.merge(blob.digest(), 1, Integer::sum) < places.size();
    }
}
