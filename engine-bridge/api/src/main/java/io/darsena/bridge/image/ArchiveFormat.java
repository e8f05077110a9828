package io.darsena.bridge.image;

/// How an archive of images is laid out. In both every blob is exactly as it was received.
public enum ArchiveFormat {

    /// As `docker save` writes it since version 25: `manifest.json` for `docker load` of any version, and an OCI image
    /// layout beside it, in one tar.
    DOCKER,

    /// The tar of an OCI image layout and nothing else (OCI image-spec, image layout).
    OCI
}
