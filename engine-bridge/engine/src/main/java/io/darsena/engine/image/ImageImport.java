package io.darsena.engine.image;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.EarlyWriting;
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

/// Brings one image from a source into the cache: blobs, then layers, then the disk, then its rows, which make it
/// exist. All that an interruption or a crash leaves has no row.
final class ImageImport {

    private final EnginePaths paths;
    private final Database database;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final WholeImages whole;

    ImageImport(EnginePaths paths, Database database, BlobStore blobs, LayerStore layers) {
        this.paths = paths;
        this.database = database;
        this.blobs = blobs;
        this.layers = layers;
        this.whole = new WholeImages(layers);
    }

    /// What an import changed.
    ///
    /// @param renamed images that lost a name to it
    /// @param changed whether anything is there that was not before, a name included
    record Imported(ImageId id, Set<ImageId> renamed, boolean changed) {}

    /// @param digest by which a registry knows the image, when it comes from one
    Imported run(
            SelectedImage image,
            ImageSource source,
            LayerWay way,
            Optional<ImageReference> digest,
            Holdings.Hold hold) {
        ImageId id = new ImageId(image.manifest().config().digest());
        Optional<KeptIndex> index = image.index().map(each -> IndexContents.keep(each, source, blobs, hold));
        if (index.filter(this::isNew).isPresent()) {
            blobs.makeDurable();
        }
        Optional<Imported> there = database.write(session ->
                whole.has(session, id) ? Optional.of(named(session, image, id, index, digest)) : Optional.empty());
        if (there.isPresent()) {
            return there.get();
        }
        List<Unpacked> unpacked = unpack(image, source, way, hold);
        way.settle(unpacked);
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
            Imported named = named(session, image, id, index, digest);
            return new Imported(id, named.renamed(), true);
        });
    }

    private boolean isNew(KeptIndex index) {
        return database.read(session -> IndexRows.find(session, index.digest()))
                .filter(kept -> kept.blobs().containsAll(index.blobs()))
                .isEmpty();
    }

    private static ImageRows.ImageRow row(SelectedImage image, ImageId id, Optional<DiffId> parents) {
        return new ImageRows.ImageRow(
                id, image.descriptor().digest(), image.config().platform().toString(), Instant.now(), parents);
    }

    private static Imported named(
            Session session,
            SelectedImage image,
            ImageId id,
            Optional<KeptIndex> index,
            Optional<ImageReference> digest)
            throws SQLException {
        if (index.isPresent()) {
            IndexRows.insert(session, id, index.get(), Instant.now());
        }
        boolean changed = digest.isPresent() && ImageRows.knowAs(session, digest.get(), id);
        Set<ImageId> renamed = new HashSet<>();
        for (ImageReference name : image.names()) {
            Optional<ImageId> bearer = ImageRows.named(session, name);
            changed |= !bearer.equals(Optional.of(id));
            bearer.filter(other -> !other.equals(id)).ifPresent(renamed::add);
            ImageRows.name(session, name, id, index.map(KeptIndex::digest));
        }
        return new Imported(id, renamed, changed);
    }

    private List<Unpacked> unpack(SelectedImage image, ImageSource source, LayerWay way, Holdings.Hold hold) {
        List<Descriptor> stored = image.manifest().layers();
        List<DiffId> diffIds = image.config().diffIds();
        way.begin(stored);
        List<Callable<Unpacked>> tasks = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            Descriptor blob = stored.get(i);
            DiffId diffId = diffIds.get(i);
            hold.on(blob.digest());
            hold.on(diffId);
            tasks.add(() -> way.bring(blob, diffId));
        }
        try (EarlyWriting _ = EarlyWriting.on(paths.data())) {
            return new LayerWork(way.operation(), source.name(), way.atOnce()).all(tasks);
        }
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
