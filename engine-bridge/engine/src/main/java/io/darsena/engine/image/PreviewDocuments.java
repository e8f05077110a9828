package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.DigestingStream;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.image.document.Descriptor;
import java.io.IOException;

/// The documents of an image that is only looked at: what is here is read here, the rest comes and is not kept.
record PreviewDocuments(ImageOrigin origin) implements ImageDocuments {

    @Override
    public String name() {
        return origin.name();
    }

    @Override
    public byte[] document(Descriptor blob, BlobStore store) {
        ImageDocuments.requireDocument(blob);
        return store.holds(blob.digest(), blob.size()) ? store.read(blob.digest(), LARGEST_DOCUMENT) : fetched(blob);
    }

    private byte[] fetched(Descriptor blob) {
        while (true) {
            try {
                return verified(blob);
            } catch (CorruptedException wrong) {
                if (!origin.distrust(blob)) {
                    throw wrong;
                }
            } catch (IOException e) {
                throw StorageFailure.of("fetch", "blob " + blob.digest(), e);
            }
        }
    }

    private byte[] verified(Descriptor blob) throws IOException {
        try (DigestingStream stream = new DigestingStream(origin.open(blob, 0))) {
            byte[] bytes = stream.readNBytes(Math.toIntExact(blob.size()) + 1);
            Digest found = stream.digest();
            if (bytes.length != blob.size() || !found.equals(blob.digest())) {
                throw new CorruptedException(
                        "fetch", "blob " + blob.digest(), "its bytes have digest " + found, "get it again");
            }
            return bytes;
        }
    }
}
