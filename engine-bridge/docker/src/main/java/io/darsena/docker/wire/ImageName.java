package io.darsena.docker.wire;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import java.util.Optional;

/// An image's name as a client gives it, in one part or with its tag or digest beside it.
///
/// @param first any tag stands for the repository where `isExact` says no
/// @param isExact whether a tag or a digest was given; where none was, all tags of the repository may be meant
public record ImageName(ImageReference first, boolean isExact) {

    /// @param tag a tag or a digest; it counts instead of what the name holds
    /// @throws IllegalArgumentException when it is no name of an image
    public static ImageName of(String name, Optional<String> tag) {
        if (tag.isEmpty()) {
            return new ImageName(ImageReference.parse(name), isExact(name));
        }
        ImageReference any = ImageReference.parse(name);
        boolean isDigest = tag.get().indexOf(':') >= 0;
        return new ImageName(
                new ImageReference(
                        any.registry(),
                        any.repository(),
                        tag.filter(given -> !isDigest),
                        tag.filter(given -> isDigest).map(Digest::parse)),
                true);
    }

    /// Whether a text names a tag or a digest, rather than a repository alone.
    public static boolean isExact(String name) {
        return name.indexOf('@') >= 0 || name.indexOf(':', name.lastIndexOf('/') + 1) >= 0;
    }

    public boolean isOfSameRepository(ImageReference other) {
        return other.registry().equals(first.registry()) && other.repository().equals(first.repository());
    }

    /// Another tag of the repository.
    public ImageReference tagged(String tag) {
        return new ImageReference(first.registry(), first.repository(), Optional.of(tag), Optional.empty());
    }
}
