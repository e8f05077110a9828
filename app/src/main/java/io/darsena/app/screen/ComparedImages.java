package io.darsena.app.screen;

import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import java.util.Optional;
import java.util.stream.Stream;

/// Two images that are compared: the second is what the first one has become. At least one of them is here.
public record ComparedImages(Side before, Side after) {

    public ComparedImages {
        if (before instanceof AtRegistry && after instanceof AtRegistry) {
            throw new IllegalArgumentException("one of two images that are compared is here");
        }
    }

    /// One of the two.
    public sealed interface Side {

        /// By which the person has chosen it.
        String name();
    }

    public record Here(ImageId id, String name) implements Side {

        public static Here of(Image image) {
            return new Here(image.id(), image.displayName());
        }
    }

    /// What a registry has under a name, without pulling it.
    ///
    /// @param platform `os/architecture[/variant]`
    public record AtRegistry(ImageReference reference, String platform) implements Side {

        @Override
        public String name() {
            return reference.familiar();
        }

        public PullRequest request() {
            return new PullRequest(reference, Optional.of(platform), Optional.empty());
        }
    }

    /// An image and what its registry has under this name of it now.
    public static ComparedImages withUpdate(Image image, ImageReference name) {
        return new ComparedImages(new Here(image.id(), name.familiar()), new AtRegistry(name, image.platform()));
    }

    /// The one of which a registry tells.
    public Optional<AtRegistry> atRegistry() {
        return Stream.of(before, after)
                .filter(AtRegistry.class::isInstance)
                .map(AtRegistry.class::cast)
                .findFirst();
    }

    public ComparedImages swapped() {
        return new ComparedImages(after, before);
    }
}
