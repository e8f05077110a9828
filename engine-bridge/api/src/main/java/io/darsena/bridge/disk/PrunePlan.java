package io.darsena.bridge.disk;

import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What would go, and the bytes that would come back. A part that several images share counts once, and
/// only when all of them go.
///
/// @param parts what goes from the disk
public record PrunePlan(List<Candidate> images, List<Part> parts) {

    public static final PrunePlan NOTHING = new PrunePlan(List.of(), List.of());

    /// @throws IllegalArgumentException when a part is needed by an image that does not go
    public PrunePlan {
        images = List.copyOf(images);
        parts = List.copyOf(parts);
        Set<ImageId> going = ids(images);
        if (!parts.stream().allMatch(part -> going.containsAll(part.neededBy()))) {
            throw new IllegalArgumentException("a part is needed by an image that does not go");
        }
    }

    private static Set<ImageId> ids(List<Candidate> images) {
        Set<ImageId> ids = new HashSet<>();
        images.forEach(image -> ids.add(image.id()));
        return ids;
    }

    /// Bytes on disk that come back.
    public long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    /// Bytes on disk that come back when this image goes and no other.
    public long bytesOf(ImageId image) {
        return parts.stream()
                .filter(part -> part.neededBy().equals(Set.of(image)))
                .mapToLong(Part::bytes)
                .sum();
    }

    /// Bytes of what no image needs: what broken pulls have left.
    public long remains() {
        return parts.stream()
                .filter(part -> part.neededBy().isEmpty())
                .mapToLong(Part::bytes)
                .sum();
    }

    /// As much of it as is wanted.
    ///
    /// @param remains whether what no image needs goes too
    public PrunePlan only(Set<ImageId> wanted, boolean remains) {
        return new PrunePlan(
                images.stream().filter(image -> wanted.contains(image.id())).toList(),
                parts.stream()
                        .filter(part -> part.neededBy().isEmpty() ? remains : wanted.containsAll(part.neededBy()))
                        .toList());
    }

    /// An image that goes.
    ///
    /// @param names that it had when the plan was made
    /// @param size sum of its layers' content, shared ones included
    public record Candidate(
            ImageId id, List<ImageReference> names, Optional<Instant> createdAt, Instant importedAt, long size) {
        public Candidate {
            names = List.copyOf(names);
        }
    }

    /// Something that goes from the disk.
    ///
    /// @param digest of the layer or the blob
    /// @param bytes allocated on disk
    /// @param neededBy images of the plan; without them nobody needs it
    public record Part(Kind kind, String digest, long bytes, Set<ImageId> neededBy) {
        public Part {
            neededBy = Set.copyOf(neededBy);
        }
    }

    public enum Kind {
        /// An unpacked layer.
        LAYER,
        /// A manifest, a configuration, or a layer as it was received.
        BLOB,
        /// What a pull that was broken off has of a blob; the next one would go on with it.
        DOWNLOAD
    }
}
