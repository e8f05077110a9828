package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.image.document.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/// The documents of one pull: asked for only where they are not here. An index leads to much that this machine
/// does not need; of that only what is here already is kept.
record OriginSource(ImageOrigin origin) implements ImageSource {

    @Override
    public String name() {
        return origin.name();
    }

    @Override
    public void fetch(Descriptor blob, BlobStore into, LongConsumer progress) {
        while (!into.holds(blob.digest(), blob.size())) {
            try (InputStream stream = origin.open(blob, 0)) {
                into.take(blob.digest(), blob.size(), stream, progress);
            } catch (CorruptedException wrong) {
                if (!origin.distrust(blob)) {
                    throw wrong;
                }
            } catch (IOException e) {
                throw StorageFailure.of("fetch", "blob " + blob.digest(), e);
            }
        }
    }

    @Override
    public boolean offer(Descriptor blob, BlobStore into) {
        return into.holds(blob.digest(), blob.size());
    }
}
