package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.IndexRows.KeptIndex;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.References;
import java.util.LinkedHashSet;
import java.util.Set;

/// Brings what an index leads to into the store, as far as the source has it: manifests of all platforms, their configs
/// and layers, statements about them. None of it is looked into but for where it leads: it is kept to be given back.
final class IndexContents {

    private static final int DEEPEST = 6;
    private static final int MOST_BLOBS = 20_000;

    private final ImageSource source;
    private final BlobStore blobs;
    private final Holdings.Hold hold;
    private final Set<Digest> seen = new LinkedHashSet<>();
    private final Set<Digest> kept = new LinkedHashSet<>();

    private IndexContents(ImageSource source, BlobStore blobs, Holdings.Hold hold) {
        this.source = source;
        this.blobs = blobs;
        this.hold = hold;
    }

    static KeptIndex keep(Descriptor index, ImageSource source, BlobStore blobs, Holdings.Hold hold) {
        IndexContents contents = new IndexContents(source, blobs, hold);
        contents.visit(index, 0);
        return new KeptIndex(index.digest(), index.mediaType(), contents.kept);
    }

    private void visit(Descriptor descriptor, int depth) {
        if (depth > DEEPEST || seen.size() >= MOST_BLOBS || !seen.add(descriptor.digest())) {
            return;
        }
        hold.on(descriptor.digest());
        if (!source.offer(descriptor, blobs)) {
            return;
        }
        kept.add(descriptor.digest());
        boolean leads =
                descriptor.mediaType().isIndex() || descriptor.mediaType().isManifest();
        if (leads && descriptor.size() <= ImageDocuments.LARGEST_DOCUMENT) {
            References.of(blobs.read(descriptor.digest(), ImageDocuments.LARGEST_DOCUMENT))
                    .forEach(each -> visit(each, depth + 1));
        }
    }
}
