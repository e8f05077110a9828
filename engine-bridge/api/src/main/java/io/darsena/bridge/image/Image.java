package io.darsena.bridge.image;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An image of the local cache, whole: all its layers are unpacked.
///
/// @param names tags, sorted; empty for a dangling image
/// @param digests names with digests by which registries know it, `repository@sha256:…`, sorted: from where it was
///     pulled and where it was pushed
/// @param createdAt as the image's config tells
/// @param importedAt when it came into this cache
/// @param platform `os/architecture[/variant]`
/// @param layers lowest first
public record Image(
        ImageId id,
        List<ImageReference> names,
        List<ImageReference> digests,
        Digest manifest,
        Optional<Instant> createdAt,
        Instant importedAt,
        String platform,
        List<Layer> layers,
        ImageConfig config) {

    public Image {
        names = List.copyOf(names);
        digests = List.copyOf(digests);
        layers = List.copyOf(layers);
    }

    /// Sum of the layers' unpacked content in bytes, shared ones included.
    public long size() {
        return layers.stream().mapToLong(Layer::size).sum();
    }

    /// What a list calls it: its first name, or its short id.
    public String displayName() {
        return names.isEmpty() ? id.shortId() : names.getFirst().familiar();
    }

    /// What to call it for whoever asked for it by this text: the name that was meant, in its familiar form.
    /// One asked for by its id is called as in a list.
    public String calledBy(String text) {
        try {
            ImageReference asked = ImageReference.parse(text);
            if (asked.digest().isPresent() || names.contains(asked)) {
                return asked.familiar();
            }
        } catch (IllegalArgumentException noReference) {
            // It was an id.
        }
        return displayName();
    }

    /// @param size bytes of unpacked content
    /// @param storedSize bytes of the blob as received
    /// @param createdBy the history's word for it; may be empty
    public record Layer(DiffId diffId, Digest blob, long size, long storedSize, String createdBy) {}
}
