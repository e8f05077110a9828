package io.darsena.bridge.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How far a pull or a push is: complete and immutable, a later one replaces it.
///
/// @param steps those that are done, in order
/// @param blobs in the image's order, lowest layer first; empty until the manifest is read
/// @param notice why it waits or tries again at this moment, an English sentence without its full stop
/// @param rate what the registry says of its rate limit
public record ImageTransfer(
        ImageReference name,
        Direction direction,
        List<Step> steps,
        List<Blob> blobs,
        Optional<String> notice,
        Optional<RateGauge> rate) {

    public ImageTransfer {
        steps = List.copyOf(steps);
        blobs = List.copyOf(blobs);
    }

    /// Bytes that are over, what was here already included.
    public long done() {
        return blobs.stream().mapToLong(Blob::done).sum();
    }

    /// Bytes in all; empty until the manifest is read.
    public OptionalLong total() {
        return blobs.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(blobs.stream().mapToLong(Blob::size).sum());
    }

    public enum Direction {
        PULL,
        PUSH
    }

    /// @param detail what came of it, as the digest that a name stands for; may be empty
    public record Step(StepKind kind, Instant at, Duration took, String detail) {}

    public enum StepKind {
        /// A mirror did not give what was asked of it, and the next place is asked. The detail is the mirror's
        /// name, a colon, a space and the reason; the time counts in the step that follows, too.
        PASSED_OVER,
        /// The name became a digest.
        RESOLVED,
        /// Manifest and configuration are here and fit each other.
        MANIFEST,
        /// Of an index, this platform's manifest.
        PLATFORM,
        /// Of a pull the last byte of its layers is here, of a push every blob is there.
        LAYERS,
        /// Of a pull: every layer is unpacked and verified. Its time counts from the last byte on: they unpack
        /// while they come.
        UNPACKED,
        /// Everything is on disk and the name stands for it; of a push, the manifest is there.
        FINISHED
    }

    /// One layer, or the configuration of a push.
    ///
    /// @param done bytes of `size`, as transferred
    public record Blob(Digest digest, BlobStage stage, long done, long size) {}

    public enum BlobStage {
        WAITING,
        /// Of a pull: it unpacks at the same time.
        DOWNLOADING,
        /// All bytes are here; the rest of them is unpacked.
        UNPACKING,
        /// Of a pull: its digest and what came of it are compared, before it appears.
        VERIFYING,
        UPLOADING,
        /// It was mounted from another repository of the registry.
        MOUNTED,
        /// It was there before.
        PRESENT,
        DONE;

        public boolean isOver() {
            return this == MOUNTED || this == PRESENT || this == DONE;
        }
    }
}
