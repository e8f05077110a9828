package io.darsena.engine.image;

import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.IndexRows.KeptIndex;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.Manifest;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.image.document.References;
import io.darsena.engine.store.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds what belongs to an image that is to be pushed: by its index when all that leads to is here, otherwise by
/// its own manifest.
final class OutgoingImages {

    private static final int DEEPEST = 6;
    private static final int MOST_BLOBS = 20_000;

    private final Database database;
    private final BlobStore blobs;
    private final ImageReader reader;
    private final Holdings holdings;

    OutgoingImages(Database database, BlobStore blobs, ImageReader reader, Holdings holdings) {
        this.database = database;
        this.blobs = blobs;
        this.reader = reader;
        this.holdings = holdings;
    }

    OutgoingImage open(ImageReference name) {
        Holdings.Hold hold = holdings.hold();
        try {
            return open(name, hold);
        } catch (RuntimeException failure) {
            hold.close();
            throw failure;
        }
    }

    private OutgoingImage open(ImageReference name, Holdings.Hold hold) {
        Image image = reader.find(name.toString()).orElseThrow(() -> missing(name, "there is no image of this name"));
        Optional<KeptIndex> index = database.read(session -> {
            Optional<Digest> digest = ImageRows.indexOf(session, name);
            return digest.isPresent() ? IndexRows.find(session, digest.get()) : Optional.empty();
        });
        hold.on(image.manifest());
        hold.on(image.id().digest());
        image.layers().forEach(layer -> hold.on(layer.blob()));
        index.ifPresent(kept -> kept.blobs().forEach(hold::on));
        if (reader.find(image.id()).isEmpty()) {
            throw missing(name, "it has just been removed");
        }
        Contents contents = index.flatMap(kept -> whole(kept, hold)).orElseGet(() -> own(image));
        return new OutgoingImage(
                image.id(),
                List.copyOf(contents.blobs.values()),
                List.copyOf(contents.manifests.values()),
                blobs,
                hold);
    }

    private static NotFoundException missing(ImageReference name, String reason) {
        return new NotFoundException("push", name.familiar(), reason, "give an image this name first");
    }

    private static final class Contents {
        final Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
        final Map<Digest, Descriptor> manifests = new LinkedHashMap<>();
    }

    private Contents own(Image image) {
        byte[] bytes = blobs.read(image.manifest(), ImageDocuments.LARGEST_DOCUMENT);
        Manifest manifest = Manifest.parse(bytes, "manifest " + image.manifest());
        Contents contents = new Contents();
        manifest.layers().forEach(layer -> contents.blobs.put(layer.digest(), layer));
        contents.blobs.put(manifest.config().digest(), manifest.config());
        contents.manifests.put(
                image.manifest(), new Descriptor(MediaType.ofManifest(bytes), image.manifest(), bytes.length));
        return contents;
    }

    /// Empty when something that the index leads to is not here.
    private Optional<Contents> whole(KeptIndex index, Holdings.Hold hold) {
        Contents contents = new Contents();
        long size = blobs.size(index.digest()).orElse(-1);
        Descriptor descriptor = new Descriptor(index.mediaType(), index.digest(), Math.max(0, size));
        return size >= 0 && add(descriptor, contents, hold, 0) ? Optional.of(contents) : Optional.empty();
    }

    /// Layers before the config of their manifest, and both before it.
    private boolean add(Descriptor descriptor, Contents contents, Holdings.Hold hold, int depth) {
        if (depth > DEEPEST || contents.blobs.size() + contents.manifests.size() > MOST_BLOBS) {
            return false;
        }
        hold.on(descriptor.digest());
        if (blobs.size(descriptor.digest()).orElse(-1) != descriptor.size()) {
            return false;
        }
        boolean leads =
                descriptor.mediaType().isIndex() || descriptor.mediaType().isManifest();
        if (!leads) {
            contents.blobs.putIfAbsent(descriptor.digest(), descriptor);
            return true;
        }
        List<Descriptor> parts = References.of(blobs.read(descriptor.digest(), ImageDocuments.LARGEST_DOCUMENT));
        for (Descriptor part : parts) {
            if (!part.mediaType().isConfig() && !add(part, contents, hold, depth + 1)) {
                return false;
            }
        }
        for (Descriptor part : parts) {
            if (part.mediaType().isConfig() && !add(part, contents, hold, depth + 1)) {
                return false;
            }
        }
        contents.manifests.putIfAbsent(descriptor.digest(), descriptor);
        return true;
    }
}
