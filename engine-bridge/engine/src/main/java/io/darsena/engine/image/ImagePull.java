package io.darsena.engine.image;

import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.EarlyWriting;
import io.darsena.engine.image.ImageImport.Imported;
import io.darsena.engine.image.ImageSelection.SelectedImage;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.store.Database;
import io.darsena.engine.store.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/// Brings one image from an origin into the cache.
final class ImagePull {

    private final EnginePaths paths;
    private final Database database;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final Holdings holdings;
    private final PartialBlobs partials;
    private final LayerDownloads downloads;

    ImagePull(
            EnginePaths paths,
            Database database,
            BlobStore blobs,
            LayerStore layers,
            Holdings holdings,
            PartialBlobs partials,
            LayerDownloads downloads) {
        this.paths = paths;
        this.database = database;
        this.blobs = blobs;
        this.layers = layers;
        this.holdings = holdings;
        this.partials = partials;
        this.downloads = downloads;
    }

    /// The image, when all that was asked for is here, its names included: then there is nothing to do.
    Optional<ImageId> found(PullOrder order) {
        return database.read(session -> {
            for (ImageId id : ImageRows.knownAs(session, order.digest())) {
                if (suits(session, id, order)) {
                    return Optional.of(id);
                }
            }
            return Optional.empty();
        });
    }

    private boolean suits(Session session, ImageId id, PullOrder order) throws SQLException {
        Optional<ImageRows.ImageRow> row = ImageRows.find(session, id);
        if (row.isEmpty() || !row.get().platform().equals(order.platform().toString())) {
            return false;
        }
        boolean named = order.tag().isEmpty()
                || ImageRows.named(session, order.tag().get()).equals(Optional.of(id))
                        && ImageRows.indexOf(session, order.tag().get())
                                .equals(Optional.of(order.target().digest())
                                        .filter(unused ->
                                                order.target().mediaType().isIndex()));
        return named && new WholeImages(layers).has(session, id) && (!order.everyPlatform() || everythingIsHere(order));
    }

    private boolean everythingIsHere(PullOrder order) {
        return IndexTree.of(
                        order.target(),
                        each -> blobs.holds(each.digest(), each.size())
                                ? Optional.of(blobs.read(each.digest(), ImageDocuments.LARGEST_DOCUMENT))
                                : Optional.empty())
                .filter(all -> all.stream().allMatch(each -> blobs.holds(each.digest(), each.size())))
                .isPresent();
    }

    Imported run(PullOrder order, ImageOrigin origin, PullListener listener) {
        try (Holdings.Hold hold = holdings.hold()) {
            OriginSource source = new OriginSource(origin);
            SelectedImage image = new ImageSelection("pull", source, blobs, hold, order.platform())
                    .under(order.target(), order.names());
            List<Descriptor> stored = image.manifest().layers();
            refuseForeign("pull", order, stored);
            List<Descriptor> others = order.everyPlatform() ? others(order, stored, source, hold) : List.of();
            List<Descriptor> all = new ArrayList<>(stored);
            all.addAll(others);
            listener.selected(
                    new ImageId(image.manifest().config().digest()),
                    image.descriptor(),
                    image.config().platform().toString(),
                    all);
            Set<Digest> wanted = new HashSet<>();
            all.forEach(blob -> wanted.add(blob.digest()));
            partials.prune();
            try (PartialBlobs.Claim claim = partials.claim(wanted)) {
                downloads.requireSpace(order.name().familiar(), missing(image) + absent(others));
                bring(image, others, origin, order, hold, listener);
                OriginLayers way = new OriginLayers(origin, downloads, partials, listener, order.layersAtOnce());
                return new ImageImport(paths, database, blobs, layers)
                        .run(image, source, way, Optional.of(order.digest()), hold);
            }
        }
    }

    /// What the order selects; of its documents nothing is kept.
    SelectedImage look(PullOrder order, ImageOrigin origin) {
        try (Holdings.Hold hold = holdings.hold()) {
            SelectedImage image = new ImageSelection(
                            "preview", new PreviewDocuments(origin), blobs, hold, order.platform())
                    .under(order.target(), order.names());
            refuseForeign("preview", order, image.manifest().layers());
            return image;
        }
    }

    /// What the target leads to besides these layers; its manifests come with it.
    private List<Descriptor> others(PullOrder order, List<Descriptor> layers, ImageSource source, Holdings.Hold hold) {
        Set<Digest> own = new HashSet<>();
        layers.forEach(layer -> own.add(layer.digest()));
        return IndexTree.of(order.target(), each -> {
                    hold.on(each.digest());
                    return Optional.of(source.document(each, blobs));
                })
                .orElseThrow()
                .stream()
                .filter(each -> !each.mediaType().isIndex() && !each.mediaType().isManifest())
                .filter(each -> own.add(each.digest()))
                .toList();
    }

    private long absent(List<Descriptor> wanted) {
        return wanted.stream()
                .filter(each -> !blobs.holds(each.digest(), each.size()))
                .mapToLong(each -> Math.max(0, each.size() - partials.size(each.digest())))
                .sum();
    }

    /// What is for other machines comes as it is stored, beside this machine's layers, which the import then finds
    /// here.
    private void bring(
            SelectedImage image,
            List<Descriptor> others,
            ImageOrigin origin,
            PullOrder order,
            Holdings.Hold hold,
            PullListener listener) {
        if (others.isEmpty()) {
            return;
        }
        List<Callable<Digest>> tasks = new ArrayList<>();
        List<DiffId> diffIds = image.config().diffIds();
        for (int i = 0; i < diffIds.size(); i++) {
            DiffId diffId = diffIds.get(i);
            Descriptor layer = image.manifest().layers().get(i);
            hold.on(layer.digest());
            hold.on(diffId);
            tasks.add(() -> downloads.bring(diffId, layer, origin, listener).blob());
        }
        for (Descriptor blob : others) {
            hold.on(blob.digest());
            tasks.add(() -> downloads.keep(blob, origin, listener));
        }
        try (EarlyWriting _ = EarlyWriting.on(paths.data())) {
            new LayerWork("pull", order.name().familiar(), order.layersAtOnce()).all(tasks);
        }
    }

    /// Of a layer that an image has twice the bytes count twice: rather too much than too little.
    private long missing(SelectedImage image) {
        List<DiffId> diffIds = image.config().diffIds();
        long missing = 0;
        for (int i = 0; i < diffIds.size(); i++) {
            missing +=
                    downloads.missing(diffIds.get(i), image.manifest().layers().get(i));
        }
        return missing;
    }

    private static void refuseForeign(String operation, PullOrder order, List<Descriptor> layers) {
        for (Descriptor layer : layers) {
            if (layer.mediaType().isForeignLayer()) {
                throw new InvalidRequestException(
                        operation,
                        order.name().familiar(),
                        "its layer " + layer.digest()
                                + " is foreign: its maker does not allow registries to pass it on",
                        "import the image from an archive that holds this layer");
            }
        }
    }
}
