package io.darsena.engine.image;

import io.darsena.engine.image.document.Descriptor;
import java.io.InputStream;

/// Where the bytes of one pull come from. Safe for use by several threads.
public interface ImageOrigin {

    /// What messages call it, as `docker.io/library/debian:12`.
    String name();

    /// Opens the bytes of a blob, a manifest or an index from an offset on; the caller closes. The stream mends
    /// what can be mended; what it cannot mend it throws as an [io.darsena.bridge.error.EngineException]. Nothing
    /// is asked of the network before the first read. The bytes need not be right: whoever reads them verifies.
    InputStream open(Descriptor blob, long offset);

    /// Told that the bytes were not those of the blob.
    ///
    /// @return whether the next [#open] gets them from somewhere else
    boolean distrust(Descriptor blob);
}
