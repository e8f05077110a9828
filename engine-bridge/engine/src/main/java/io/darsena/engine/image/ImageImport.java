package io.darsena.engine.image;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.ImageSelection.SelectedImage;
import io.darsena.engine.image.IndexRows.KeptIndex;
import io.darsena.engine.image.LayerRows.LayerFacts;
import io.darsena.engine.image.LayerRows.Unpacked;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.store.Database;
import io.darsena.engine.store.Session;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;

/// Brings one image from a source into the cache: blobs, then layers, then the disk, then its rows, which make it
/// exist. All that an interruption or a crash leaves has no row.
final class ImageImport {

    private final EnginePaths paths;
    private final Database database;
    private final BlobStore blobs;
    private final LayerStore layers;

    ImageImport(EnginePaths paths, Database database, BlobStore blobs, LayerStore layers) {
        this.paths = paths;
        this.database = database;
        this.blobs = blobs;
        this.layers = layers;
    }

    /// What an import changed.
    ///
    /// @param renamed images that lost a name to it
    record Imported(ImageId id, Set<ImageId> renamed) {}

    Imported run(SelectedImage image, ImageSource source, Holdings.Hold hold, ProgressMeter progress) {
        ImageId id = new ImageId(image.manifest().config().digest());
        Optional<KeptIndex> index = image.index().map(each -> IndexContents.keep(each, source, blobs, hold));
        if (index.isPresent()) {
            blobs.makeDurable();
        }
        Optional<Imported> there = database.write(session -> isWhole(session, id)
                ? Optional.of(new Imported(id, names(session, image, id, index)))
                : Optional.empty());
        if (there.isPresent()) {
            return there.get();
        }
        List<Unpacked> unpacked = unpack(image, source, hold, progress);
        progress.begin("finishing", 0);
        Optional<LayerFacts> parents = parents(unpacked, hold);
        blobs.makeDurable();
        return database.write(session -> {
            for (Unpacked layer : unpacked) {
                LayerRows.insert(session, layer.facts());
                LayerRows.insertBlob(session, layer);
            }
            if (parents.isPresent()) {
                LayerRows.insert(session, parents.get());
            }
            if (ImageRows.find(session, id).isEmpty()) {
                ImageRows.insert(session, row(image, id, parents.map(LayerFacts::diffId)), unpacked);
            }
            return new Imported(id, names(session, image, id, index));
        });
    }

    private static ImageRows.ImageRow row(SelectedImage image, ImageId id, Optional<DiffId> parents) {
        return new ImageRows.ImageRow(
                id, image.descriptor().digest(), image.config().platform().toString(), Instant.now(), parents);
    }

    private static Set<ImageId> names(Session session, SelectedImage image, ImageId id, Optional<KeptIndex> index)
            throws SQLException {
        if (index.isPresent()) {
            IndexRows.insert(session, id, index.get(), Instant.now());
        }
        Set<ImageId> renamed = new HashSet<>();
        for (ImageReference name : image.names()) {
            ImageRows.named(session, name).filter(other -> !other.equals(id)).ifPresent(renamed::add);
            ImageRows.name(session, name, id, index.map(KeptIndex::digest));
        }
        return renamed;
    }

    /// An image whose row is there but whose layers somebody has deleted is imported anew.
    private boolean isWhole(Session session, ImageId id) throws SQLException {
        Optional<ImageRows.ImageRow> row = ImageRows.find(session, id);
        return row.isPresent()
                && row.get().parents().map(layers::isInPlace).orElse(true)
                && ImageRows.layers(session, id).stream().allMatch(layer -> layers.isInPlace(layer.diffId()));
    }

    private List<Unpacked> unpack(SelectedImage image, ImageSource source, Holdings.Hold hold, ProgressMeter progress) {
        List<Descriptor> stored = image.manifest().layers();
        List<DiffId> diffIds = image.config().diffIds();
        progress.begin("unpacking", stored.stream().mapToLong(Descriptor::size).sum());
        List<Callable<Unpacked>> tasks = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            Descriptor blob = stored.get(i);
            DiffId diffId = diffIds.get(i);
            hold.on(blob.digest());
            hold.on(diffId);
            LongConsumer half = progress.half();
            tasks.add(() -> {
                source.fetch(blob, blobs, half);
                return layers.unpack(diffId, blob.digest(), blob.size(), half);
            });
        }
        return LayerWork.all(source.name(), tasks);
    }

    /// Makes the layer that [LayerParents] finds to be needed.
    private Optional<LayerFacts> parents(List<Unpacked> unpacked, Holdings.Hold hold) {
        if (unpacked.stream().noneMatch(layer -> layer.facts().entriesImplied())) {
            return Optional.empty();
        }
        List<Path> indexes =
                unpacked.stream().map(layer -> paths.layerIndex(layer.diffId())).toList();
        return LayerParents.tar(indexes).map(tar -> {
            DiffId diffId = new DiffId(sha256(tar));
            hold.on(diffId);
            return layers.unpack(diffId, tar);
        });
    }

    private static Digest sha256(byte[] bytes) {
        try {
            return new Digest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
