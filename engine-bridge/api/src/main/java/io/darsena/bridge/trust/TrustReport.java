package io.darsena.bridge.trust;

import io.darsena.bridge.image.ImageReference;
import java.util.List;
import java.util.Optional;

/// All that is known of where images come from.
///
/// @param images those that came from registries, sorted by name
public record TrustReport(List<ImageTrust> images) {

    public static final TrustReport EMPTY = new TrustReport(List.of());

    public TrustReport {
        images = List.copyOf(images);
    }

    public Optional<ImageTrust> of(ImageReference name) {
        return images.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
