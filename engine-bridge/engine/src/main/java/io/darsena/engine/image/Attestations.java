package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.References;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Finds what an index has of statements about one of its images: manifests of their own, beside the image's
/// (BuildKit's attestation storage).
final class Attestations {

    private static final int DEEPEST = 4;

    /// An image has one; of what somebody piles up no more is read.
    private static final int MOST = 4;

    private final Digest image;
    private final Function<Descriptor, Optional<byte[]>> documents;
    private final Set<Digest> seen = new HashSet<>();
    private final List<Descriptor> found = new ArrayList<>();

    private Attestations(Digest image, Function<Descriptor, Optional<byte[]>> documents) {
        this.image = image;
        this.documents = documents;
    }

    /// @param image its manifest
    /// @param documents gives the bytes of indexes, as far as they are here
    static List<Descriptor> of(Digest image, Descriptor index, Function<Descriptor, Optional<byte[]>> documents) {
        Attestations attestations = new Attestations(image, documents);
        attestations.visit(index, 0);
        return attestations.found.stream().limit(MOST).toList();
    }

    /// What of a manifest of statements tells how the image was built.
    static List<Descriptor> provenance(byte[] attestation) {
        return References.of(attestation).stream()
                .filter(Descriptor::isProvenance)
                .limit(MOST)
                .toList();
    }

    private void visit(Descriptor index, int depth) {
        if (depth == DEEPEST || !index.mediaType().isIndex() || !seen.add(index.digest())) {
            return;
        }
        List<Descriptor> entries = documents.apply(index).map(References::of).orElse(List.of());
        entries.stream().filter(each -> each.isAttestationOf(image)).forEach(found::add);
        entries.forEach(each -> visit(each, depth + 1));
    }
}
