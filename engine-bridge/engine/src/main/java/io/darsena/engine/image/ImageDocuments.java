package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.document.Descriptor;

/// Where the manifests, indexes and configs of images are read.
interface ImageDocuments {

    /// What a manifest, an index or a config may have at most.
    int LARGEST_DOCUMENT = 4 << 20;

    /// What messages call it, and what images are called that have only a tag in it, as `busybox`: of a file its name
    /// without endings.
    String name();

    /// Reads a manifest, an index or a config.
    ///
    /// @param store where it may be already
    /// @throws CorruptedException when it is missing, is not what its descriptor promises, or is larger than a
    /// document may be
    byte[] document(Descriptor blob, BlobStore store);

    /// @throws CorruptedException when it is larger than a document may be
    static void requireDocument(Descriptor blob) {
        if (blob.size() > LARGEST_DOCUMENT) {
            throw new CorruptedException(
                    "read",
                    "blob " + blob.digest(),
                    "it has " + blob.size() + " bytes; of a manifest or config at most " + LARGEST_DOCUMENT
                            + " are read",
                    "");
        }
    }
}
