package io.darsena.app.screen;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.sync.OlderImage;
import java.util.Optional;
import java.util.stream.Stream;

/// Two images or containers that are compared: the second is what the first one has become. What a registry has is
/// compared with an image that is here.
public record ComparedSides(Side before, Side after) {

    public ComparedSides {
        boolean here =
                before instanceof Local && after instanceof Local || before instanceof Here || after instanceof Here;
        if (!here) {
            throw new IllegalArgumentException("what a registry has is compared with an image that is here");
        }
    }

    /// One of the two.
    public sealed interface Side {

        /// By which the person has chosen it.
        String name();
    }

    /// What is on this machine.
    public sealed interface Local extends Side {}

    public record Here(ImageId id, String name) implements Local {

        public static Here of(Image image) {
            return new Here(image.id(), image.displayName());
        }
    }

    /// A container, with all that it has written.
    public record OfContainer(ContainerId id, String name) implements Local {

        public static OfContainer of(Container container) {
            return new OfContainer(container.id(), container.name());
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
    public static ComparedSides withUpdate(Image image, ImageReference name) {
        return new ComparedSides(new Here(image.id(), name.familiar()), new AtRegistry(name, image.platform()));
    }

    /// The image that a container runs and the one that its name stands for now.
    public static ComparedSides withNewer(Container container, OlderImage older) {
        String name = older.name().familiar();
        return new ComparedSides(
                new Here(container.image(), name), new Here(older.newer().id(), name));
    }

    private Stream<Side> both() {
        return Stream.of(before, after);
    }

    /// The one of which a registry tells.
    public Optional<AtRegistry> atRegistry() {
        return both().filter(AtRegistry.class::isInstance)
                .map(AtRegistry.class::cast)
                .findFirst();
    }

    /// Whether one of them may become another thing while it is looked at.
    public boolean hasContainer() {
        return both().anyMatch(OfContainer.class::isInstance);
    }

    public ComparedSides swapped() {
        return new ComparedSides(after, before);
    }
}
