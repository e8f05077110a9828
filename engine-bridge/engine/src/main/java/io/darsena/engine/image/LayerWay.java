package io.darsena.engine.image;

import io.darsena.bridge.image.DiffId;
import io.darsena.engine.image.LayerRows.Unpacked;
import io.darsena.engine.image.document.Descriptor;
import java.util.List;

/// How the layers of one image come into the cache.
interface LayerWay {

    /// A verb for messages, as `import`.
    String operation();

    /// How many of them at once.
    int atOnce();

    /// Told before the first is brought, unless the image is here already.
    void begin(List<Descriptor> blobs);

    /// Sees to it that the layer is unpacked, verified. Called by several threads.
    Unpacked bring(Descriptor blob, DiffId diffId);

    /// All have been brought: sees to it that their blobs are in the store.
    void settle(List<Unpacked> layers);
}
