package io.darsena.app.session;

import io.darsena.bridge.registry.ImageTransfer;
import java.time.Duration;
import java.time.Instant;

/// One step of an image's way that is done.
///
/// @param detail what came of it, as a digest; may be empty
public record TransferStep(Kind kind, Instant at, Duration took, String detail) {

    public enum Kind {
        PASSED_OVER,
        RESOLVED,
        MANIFEST,
        PLATFORM,
        LAYERS,
        UNPACKED,
        FINISHED,
        /// A container was created of the image.
        CREATED,
        /// That container was started.
        STARTED
    }

    static TransferStep of(ImageTransfer.Step step) {
        Kind kind = switch (step.kind()) {
            case PASSED_OVER -> Kind.PASSED_OVER;
            case RESOLVED -> Kind.RESOLVED;
            case MANIFEST -> Kind.MANIFEST;
            case PLATFORM -> Kind.PLATFORM;
            case LAYERS -> Kind.LAYERS;
            case UNPACKED -> Kind.UNPACKED;
            case FINISHED -> Kind.FINISHED;
        };
        return new TransferStep(kind, step.at(), step.took(), step.detail());
    }
}
