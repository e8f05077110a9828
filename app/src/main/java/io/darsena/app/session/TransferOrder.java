package io.darsena.app.session;

import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryHost;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is to be brought or taken away, whole, so that it can be tried once more.
public sealed interface TransferOrder {

    record Import(Path source) implements TransferOrder {}

    /// @param images each a name or an id
    record Export(List<String> images, ArchiveFormat format, Path target) implements TransferOrder {
        public Export {
            images = List.copyOf(images);
        }
    }

    record Pull(PullRequest request) implements TransferOrder {}

    /// @param image that is given the name first; empty when it bears it
    record Push(ImageReference name, Optional<ImageId> image) implements TransferOrder {}

    default TransferJob.Direction direction() {
        return switch (this) {
            case Import source -> TransferJob.Direction.IMPORT;
            case Export target -> TransferJob.Direction.EXPORT;
            case Pull pull -> TransferJob.Direction.PULL;
            case Push push -> TransferJob.Direction.PUSH;
        };
    }

    /// As the person knows it: a file without its folders, or an image.
    default String subject() {
        return switch (this) {
            case Import order -> String.valueOf(order.source().getFileName());
            case Export order -> String.valueOf(order.target().getFileName());
            case Pull order -> order.request().name().familiar();
            case Push order -> order.name().familiar();
        };
    }

    /// The registry that is talked to, if one is.
    default Optional<RegistryHost> registry() {
        return switch (this) {
            case Import order -> Optional.empty();
            case Export order -> Optional.empty();
            case Pull order -> Optional.of(RegistryHost.of(order.request().name()));
            case Push order -> Optional.of(RegistryHost.of(order.name()));
        };
    }
}
