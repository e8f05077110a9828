package io.darsena.engine.image;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.DockerfileLines;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.document.BuildProvenance;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.store.Database;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is here of how images were built: statements in the indexes by which they came. Read anew each time it is
/// asked for. Safe for use by several threads.
final class StoredProvenance {

    private static final Logger LOG = LoggerFactory.getLogger(StoredProvenance.class);

    private final Database database;
    private final BlobStore blobs;

    StoredProvenance(Database database, BlobStore blobs) {
        this.database = database;
        this.blobs = blobs;
    }

    /// @param indexes by which the image came, the last one first
    private record Subject(Digest manifest, List<Digest> layers, List<Descriptor> indexes) {}

    /// From which lines of a Dockerfile each layer came, the lowest first. What is not told, not here or
    /// not as it should be is empty: an image can be looked at without it.
    List<Optional<DockerfileLines>> lines(ImageId image) {
        Optional<Subject> subject = database.read(session -> {
            Optional<ImageRows.ImageRow> row = ImageRows.find(session, image);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            List<Digest> layers = ImageRows.layers(session, image).stream()
                    .map(ImageRows.ImageLayerRow::blob)
                    .toList();
            List<Descriptor> indexes = new ArrayList<>();
            for (IndexRows.KeptIndex index : IndexRows.of(session, image)) {
                indexes.add(new Descriptor(
                        index.mediaType(),
                        index.digest(),
                        blobs.size(index.digest()).orElse(0)));
            }
            return Optional.of(new Subject(row.get().manifest(), layers, indexes));
        });
        return subject.map(this::lines).orElse(List.of());
    }

    private List<Optional<DockerfileLines>> lines(Subject subject) {
        for (Descriptor index : subject.indexes()) {
            for (Descriptor attestation : Attestations.of(subject.manifest(), index, this::document)) {
                for (Descriptor statement :
                        document(attestation).map(Attestations::provenance).orElse(List.of())) {
                    Optional<List<Optional<DockerfileLines>>> told = read(statement, subject);
                    if (told.isPresent()) {
                        return told.get();
                    }
                }
            }
        }
        return Collections.nCopies(subject.layers().size(), Optional.empty());
    }

    /// Empty where it tells of no layer.
    private Optional<List<Optional<DockerfileLines>>> read(Descriptor statement, Subject subject) {
        try {
            return document(statement)
                    .flatMap(bytes ->
                            BuildProvenance.parse(bytes, subject.manifest(), "statement " + statement.digest()))
                    .map(provenance -> provenance.lines(subject.layers()))
                    .filter(lines -> lines.stream().anyMatch(Optional::isPresent));
        } catch (EngineException unreadable) {
            LOG.debug("how an image was built is not told: {}", unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Optional<byte[]> document(Descriptor blob) {
        if (blob.size() > ImageDocuments.LARGEST_DOCUMENT || !blobs.holds(blob.digest(), blob.size())) {
            return Optional.empty();
        }
        try {
            return Optional.of(blobs.read(blob.digest(), ImageDocuments.LARGEST_DOCUMENT));
        } catch (EngineException unreadable) {
            LOG.debug("how an image was built is not told: {}", unreadable.getMessage());
            return Optional.empty();
        }
    }
}
