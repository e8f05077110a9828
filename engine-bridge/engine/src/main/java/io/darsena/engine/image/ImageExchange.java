package io.darsena.engine.image;

import io.darsena.bridge.event.EngineEvent.ImageAction;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImagePreview;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.ImageImport.Imported;
import io.darsena.engine.image.ImageSelection.SelectedImage;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// The side of the cache that registries see. Safe for use by several threads.
public final class ImageExchange {

    private final Database database;
    private final BlobStore blobs;
    private final PartialBlobs partials;
    private final ImagePull pull;
    private final ProvenancePull provenance;
    private final OutgoingImages outgoing;
    private final BiConsumer<ImageId, ImageAction> changed;

    /// @param changed tells what became of an image
    ImageExchange(
            Database database,
            BlobStore blobs,
            PartialBlobs partials,
            ImagePull pull,
            ProvenancePull provenance,
            OutgoingImages outgoing,
            BiConsumer<ImageId, ImageAction> changed) {
        this.database = database;
        this.blobs = blobs;
        this.partials = partials;
        this.pull = pull;
        this.provenance = provenance;
        this.outgoing = outgoing;
        this.changed = changed;
    }

    /// The image, when all that the order is about is here already, its name and digest included. Cheap.
    public Optional<ImageId> found(PullOrder order) {
        return pull.found(order);
    }

    /// Brings an image in: whole or not at all, and tells the change. What is here is not asked for.
    ///
    /// @throws java.util.concurrent.CancellationException when the thread is interrupted; what has come of the
    ///     layers stays for the next pull
    public Pulled pull(PullOrder order, ImageOrigin origin, PullListener listener) {
        Imported one = pull.run(order, origin, listener);
        listener.arrived(one.id());
        one.renamed().forEach(loser -> changed.accept(loser, ImageAction.UNTAG));
        if (one.changed()) {
            changed.accept(one.id(), ImageAction.PULL);
        }
        return new Pulled(one.id(), one.changed());
    }

    /// Brings what the origin has of how an image was built that has come by this order, unless it is here.
    ///
    /// @throws io.darsena.bridge.error.EngineException when it cannot be had; the image is none the worse
    /// for it
    public void pullProvenance(PullOrder order, ImageId image, ImageOrigin origin) {
        provenance.run(order, image, origin);
    }

    /// What a pull would bring. Its documents are read and not kept.
    public ImagePreview preview(PullOrder order, ImageOrigin origin) {
        SelectedImage image = pull.look(order, origin);
        List<Descriptor> stored = image.manifest().layers();
        Descriptor config = image.manifest().config();
        Map<Digest, Long> parts = new HashMap<>();
        Stream.concat(Stream.of(order.target(), image.descriptor(), config), stored.stream())
                .forEach(part -> parts.put(part.digest(), part.size()));
        List<String> createdBy = image.config().createdBy();
        List<ImagePreview.Layer> layers = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            Descriptor blob = stored.get(i);
            layers.add(new ImagePreview.Layer(
                    image.config().diffIds().get(i),
                    blob.digest(),
                    blob.size(),
                    missing(blob.digest(), blob.size()),
                    createdBy.get(i)));
        }
        return new ImagePreview(
                order.name(),
                order.target().digest(),
                new ImageId(config.digest()),
                image.descriptor().digest(),
                image.config().platform().toString(),
                image.config().created(),
                image.config().config(),
                layers,
                missing(parts));
    }

    /// Whether an image bears this name, or came from or went to its repository by this digest.
    public boolean isKnown(ImageReference name) {
        return database.read(session -> name.digest().isPresent()
                ? !ImageRows.knownAs(session, name.withoutTag()).isEmpty()
                : ImageRows.named(session, name).isPresent());
    }

    /// A document that is here, verified.
    public Optional<byte[]> document(Digest digest) {
        return blobs.size(digest).isPresent()
                ? Optional.of(blobs.read(digest, ImageDocuments.LARGEST_DOCUMENT))
                : Optional.empty();
    }

    public boolean holds(Descriptor blob) {
        return blobs.size(blob.digest()).orElse(-1) == blob.size();
    }

    /// Bytes that a pull of these would fetch: what is here, also as the beginning of a blob, is not.
    public long missing(Map<Digest, Long> parts) {
        return parts.entrySet().stream()
                .mapToLong(part -> missing(part.getKey(), part.getValue()))
                .sum();
    }

    private long missing(Digest blob, long size) {
        return blobs.size(blob).orElse(-1) == size ? 0 : Math.max(0, size - partials.size(blob));
    }

    /// Every name of every image, in no particular order.
    public List<NamedImage> named() {
        return database.read(NamedImage::all);
    }

    /// What is to be pushed by this name; held until it is closed.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such image
    public OutgoingImage outgoing(ImageReference name) {
        return outgoing.open(name);
    }

    /// Repositories of which a registry may have this blob already.
    public List<ImageReference> repositoriesWith(Digest blob) {
        return database.read(session -> ImageRows.repositoriesWith(session, blob));
    }

    /// A registry knows the image now by this repository and digest.
    ///
    /// @param before run before that is told
    public void pushed(ImageId image, ImageReference digest, Runnable before) {
        database.write(session ->
                ImageRows.find(session, image).isPresent() && ImageRows.knowAs(session, digest.withoutTag(), image));
        before.run();
        changed.accept(image, ImageAction.PUSH);
    }
}
