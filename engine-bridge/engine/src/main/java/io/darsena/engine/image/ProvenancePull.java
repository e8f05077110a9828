package io.darsena.engine.image;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.References;
import io.darsena.engine.store.Database;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what an origin has of how an image was built, once the image is here. It is kept with the index by which
/// the image came, as if it had come with it: it stays as long as that, and goes with it.
final class ProvenancePull {

    private static final Logger LOG = LoggerFactory.getLogger(ProvenancePull.class);

    /// Of a manifest of statements what is no statement: an empty configuration.
    private static final int LARGEST_CONFIG = 1 << 16;

    private final Database database;
    private final BlobStore blobs;
    private final Holdings holdings;

    ProvenancePull(Database database, BlobStore blobs, Holdings holdings) {
        this.database = database;
        this.blobs = blobs;
        this.holdings = holdings;
    }

    /// Statements of other kinds, as lists of packages, stay where they are. What is here is not asked for,
    /// and what is too large is left.
    void run(PullOrder order, ImageId image, ImageOrigin origin) {
        Optional<Digest> manifest =
                database.read(session -> ImageRows.find(session, image).map(ImageRows.ImageRow::manifest));
        if (manifest.isEmpty() || !order.target().mediaType().isIndex()) {
            return;
        }
        try (Holdings.Hold hold = holdings.hold()) {
            Bringing bringing = new Bringing(new OriginSource(origin), hold);
            for (Descriptor attestation : Attestations.of(manifest.get(), order.target(), this::here)) {
                bringing.attestation(attestation);
            }
            Digest index = order.target().digest();
            if (!bringing.here.isEmpty() && !isKept(index, bringing.here)) {
                blobs.makeDurable();
                database.write(session -> IndexRows.keepWith(session, image, index, bringing.here));
            }
        }
    }

    private boolean isKept(Digest index, Set<Digest> wanted) {
        return database.read(session -> IndexRows.find(session, index))
                .filter(kept -> kept.blobs().containsAll(wanted))
                .isPresent();
    }

    private Optional<byte[]> here(Descriptor index) {
        return index.size() <= ImageDocuments.LARGEST_DOCUMENT && blobs.holds(index.digest(), index.size())
                ? Optional.of(blobs.read(index.digest(), ImageDocuments.LARGEST_DOCUMENT))
                : Optional.empty();
    }

    private final class Bringing {
        final Set<Digest> here = new HashSet<>();
        private final OriginSource source;
        private final Holdings.Hold hold;

        Bringing(OriginSource source, Holdings.Hold hold) {
            this.source = source;
            this.hold = hold;
        }

        void attestation(Descriptor attestation) {
            if (attestation.size() > ImageDocuments.LARGEST_DOCUMENT) {
                return;
            }
            bring(attestation);
            byte[] bytes = blobs.read(attestation.digest(), ImageDocuments.LARGEST_DOCUMENT);
            List<Descriptor> statements = Attestations.provenance(bytes);
            statements.stream()
                    .filter(each -> each.size() <= ImageDocuments.LARGEST_DOCUMENT)
                    .forEach(this::bring);
            if (!statements.isEmpty()) {
                References.of(bytes).stream().limit(1).forEach(this::bringConfig);
            }
        }

        /// With it all of a manifest that states nothing else is here, and can be passed on. Nobody reads it.
        private void bringConfig(Descriptor config) {
            if (config.size() > LARGEST_CONFIG) {
                return;
            }
            try {
                bring(config);
            } catch (EngineException failure) {
                LOG.debug("what statements are kept with has no configuration: {}", failure.getMessage());
            }
        }

        private void bring(Descriptor blob) {
            hold.on(blob.digest());
            source.fetch(blob, blobs, bytes -> {});
            here.add(blob.digest());
        }
    }
}
