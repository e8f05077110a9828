package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.document.Descriptor;
import java.util.function.LongConsumer;

/// Where an import's blobs come from. Whoever closes it has no more use for what only it gives.
interface ImageSource extends AutoCloseable {

    /// What a manifest, an index or a config may have at most.
    int LARGEST_DOCUMENT = 4 << 20;

    /// What images are called that have only a tag in it, as `busybox`: its file name without endings.
    String name();

    /// The bytes of its `index.json`.
    byte[] index();

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
    void close();

    /// Fetches and reads a manifest, an index or a config.
    default byte[] document(Descriptor blob, BlobStore into) {
        requireDocument(blob);
        fetch(blob, into, bytes -> {});
        return into.read(blob.digest(), LARGEST_DOCUMENT);
    }

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

    static CorruptedException missing(Digest digest, String source, boolean foreign) {
        String reason = foreign
                ? "it is a foreign layer, which its maker does not allow to pass on, and is not in " + source
                : "it is not in " + source;
        return new CorruptedException("import", "blob " + digest, reason, "get the whole image again");
    }
}
