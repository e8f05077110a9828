package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.document.Descriptor;
import java.io.InputStream;
import java.util.List;

/// An image on its way to a registry. What it consists of stays until it is closed.
public final class OutgoingImage implements AutoCloseable {

    private final ImageId id;
    private final List<Descriptor> blobs;
    private final List<Descriptor> manifests;
    private final BlobStore store;
    private final Holdings.Hold hold;

    OutgoingImage(ImageId id, List<Descriptor> blobs, List<Descriptor> manifests, BlobStore store, Holdings.Hold hold) {
        this.id = id;
        this.blobs = List.copyOf(blobs);
        this.manifests = List.copyOf(manifests);
        this.store = store;
        this.hold = hold;
    }

    public ImageId id() {
        return id;
    }

    /// Layers, lowest first, and configs; each once.
    public List<Descriptor> blobs() {
        return blobs;
    }

    /// Manifests, and indexes after all they lead to. The last one is what the name is to stand for.
    public List<Descriptor> manifests() {
        return manifests;
    }

    /// A blob's bytes; the caller closes.
    public InputStream open(Digest blob) {
        return store.open(blob);
    }

    /// A manifest's or an index's bytes, verified.
    public byte[] document(Descriptor manifest) {
        return store.read(manifest.digest(), ImageDocuments.LARGEST_DOCUMENT);
    }

    @Override
    public void close() {
        hold.close();
    }
}
