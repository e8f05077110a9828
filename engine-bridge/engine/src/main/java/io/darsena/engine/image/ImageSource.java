package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.document.Descriptor;
import java.util.function.LongConsumer;

/// Where an import's blobs come from, its documents among them.
interface ImageSource extends ImageDocuments {

    /// Brings the blob into the store, verified, unless it is there.
    ///
    /// @param progress told of each part's number of bytes
    /// @throws CorruptedException when it is missing or not what its descriptor promises
    void fetch(Descriptor blob, BlobStore into, LongConsumer progress);

    /// As [#fetch], for what need not be there: one that the source lacks is no error.
    ///
    /// @return whether the blob is in the store now
    boolean offer(Descriptor blob, BlobStore into);

    @Override
    default byte[] document(Descriptor blob, BlobStore store) {
        ImageDocuments.requireDocument(blob);
        fetch(blob, store, bytes -> {});
        return store.read(blob.digest(), LARGEST_DOCUMENT);
    }

    static CorruptedException missing(Digest digest, String source, boolean foreign) {
        String reason = foreign
                ? "it is a foreign layer, which its maker does not allow to pass on, and is not in " + source
                : "it is not in " + source;
        return new CorruptedException("import", "blob " + digest, reason, "get the whole image again");
    }
}
