package io.darsena.engine.image;

import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.ImageImport.Imported;
import io.darsena.engine.image.ImageSelection.SelectedImage;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.store.Database;
import io.darsena.engine.store.Session;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
        return named && new WholeImages(layers).has(session, id);
    }

    Imported run(PullOrder order, ImageOrigin origin, PullListener listener) {
        try (Holdings.Hold hold = holdings.hold()) {
            OriginSource source = new OriginSource(origin);
            SelectedImage image = new ImageSelection("pull", source, blobs, hold, order.platform())
                    .under(order.target(), order.names());
            List<Descriptor> stored = image.manifest().layers();
            refuseForeign(order, stored);
            listener.selected(
                    new ImageId(image.manifest().config().digest()),
                    image.descriptor(),
                    image.config().platform().toString(),
                    stored);
            Set<Digest> wanted = new HashSet<>();
            stored.forEach(layer -> wanted.add(layer.digest()));
            partials.prune();
            try (PartialBlobs.Claim claim = partials.claim(wanted)) {
                downloads.requireSpace(order.name().familiar(), missing(image));
                OriginLayers way = new OriginLayers(origin, downloads, partials, listener, order.layersAtOnce());
                return new ImageImport(paths, database, blobs, layers)
                        .run(image, source, way, Optional.of(order.digest()), hold);
            }
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

    private static void refuseForeign(PullOrder order, List<Descriptor> layers) {
        for (Descriptor layer : layers) {
            if (layer.mediaType().isForeignLayer()) {
                throw new InvalidRequestException(
                        "pull",
                        order.name().familiar(),
                        "its layer " + layer.digest()
                                + " is foreign: its maker does not allow registries to pass it on",
                        "import the image from an archive that holds this layer");
            }
        }
    }
}
