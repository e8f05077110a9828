package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.ArchivePlan.Entry;
import io.darsena.engine.image.IndexRows.KeptIndex;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.Manifest;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.image.document.References;
import io.darsena.engine.store.Database;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds the images that an archive is to hold and all their blobs, and holds these.
final class ArchivePlanning {

    private static final String OPERATION = "save";

    private final Database database;
    private final BlobStore blobs;
    private final ImageReader reader;
    private final Holdings.Hold hold;
    private final Map<Digest, Long> found = new LinkedHashMap<>();

    ArchivePlanning(Database database, BlobStore blobs, ImageReader reader, Holdings.Hold hold) {
        this.database = database;
        this.blobs = blobs;
        this.reader = reader;
        this.hold = hold;
    }

    /// @param images names or ids, as [io.darsena.bridge.image.Images#save] takes them
    ArchivePlan plan(List<String> images) {
        if (images.isEmpty()) {
            throw new InvalidRequestException(OPERATION, "images", "none is named", "name at least one");
        }
        List<Entry> entries = new ArrayList<>();
        images.stream().distinct().forEach(each -> entries.add(entry(each)));
        return new ArchivePlan(List.copyOf(entries), Collections.unmodifiableMap(found));
    }

    private Entry entry(String nameOrId) {
        Image image = reader.find(nameOrId)
                .orElseThrow(() -> new NotFoundException(
                        OPERATION, "image " + nameOrId, "there is no such image", "see the list of images"));
        Optional<ImageReference> name = name(image, nameOrId);
        Optional<KeptIndex> index = database.read(session -> {
            Optional<Digest> digest =
                    name.isPresent() ? ImageRows.indexOf(session, name.get()) : IndexRows.newestOf(session, image.id());
            return digest.isPresent() ? IndexRows.find(session, digest.get()) : Optional.empty();
        });
        hold.on(image.manifest());
        hold.on(image.id().digest());
        image.layers().forEach(layer -> hold.on(layer.blob()));
        index.ifPresent(kept -> kept.blobs().forEach(hold::on));
        if (reader.find(image.id()).isEmpty()) {
            throw new NotFoundException(OPERATION, "image " + nameOrId, "it has just been removed", "");
        }
        Descriptor manifest = manifest(image);
        Descriptor target = index.map(kept -> new Descriptor(kept.mediaType(), kept.digest(), size(kept.digest())))
                .orElse(manifest);
        index.ifPresent(kept -> addKept(target, kept.blobs()));
        addOwn(image, manifest);
        return new Entry(image, name, target);
    }

    /// Found by a name it bears, not by its id.
    private static Optional<ImageReference> name(Image image, String text) {
        try {
            return Optional.of(ImageReference.parse(text)).filter(image.names()::contains);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Descriptor manifest(Image image) {
        byte[] bytes = blobs.read(image.manifest(), ImageDocuments.LARGEST_DOCUMENT);
        return new Descriptor(MediaType.ofManifest(bytes), image.manifest(), bytes.length);
    }

    /// What Docker's part of the archive needs as well.
    private void addOwn(Image image, Descriptor manifest) {
        found.putIfAbsent(manifest.digest(), manifest.size());
        Manifest document = Manifest.parse(
                blobs.read(image.manifest(), ImageDocuments.LARGEST_DOCUMENT), "manifest " + image.manifest());
        found.computeIfAbsent(document.config().digest(), this::size);
        document.layers().forEach(layer -> found.computeIfAbsent(layer.digest(), this::size));
    }

    private void addKept(Descriptor descriptor, Set<Digest> kept) {
        if (!kept.contains(descriptor.digest()) || found.containsKey(descriptor.digest())) {
            return;
        }
        found.put(descriptor.digest(), size(descriptor.digest()));
        boolean leads =
                descriptor.mediaType().isIndex() || descriptor.mediaType().isManifest();
        if (leads && descriptor.size() <= ImageDocuments.LARGEST_DOCUMENT) {
            References.of(blobs.read(descriptor.digest(), ImageDocuments.LARGEST_DOCUMENT))
                    .forEach(each -> addKept(each, kept));
        }
    }

    private long size(Digest blob) {
        return blobs.size(blob)
                .orElseThrow(() -> new CorruptedException(
                        OPERATION, "blob " + blob, "it is missing on disk", "import its image again"));
    }
}
