package io.darsena.engine.image.document;

import io.darsena.engine.json.JsonObject;
import java.util.Set;

/// What kind of blob a descriptor points to, in OCI's words or Docker's.
public record MediaType(String name) {

    public static final MediaType OCI_INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
    public static final MediaType OCI_MANIFEST = new MediaType("application/vnd.oci.image.manifest.v1+json");
    public static final MediaType OCI_CONFIG = new MediaType("application/vnd.oci.image.config.v1+json");
    public static final MediaType OCI_LAYER_TAR = new MediaType("application/vnd.oci.image.layer.v1.tar");

    public static final MediaType OCI_LAYER_GZIP = new MediaType(OCI_LAYER_TAR.name + "+gzip");
    public static final MediaType OCI_LAYER_ZSTD = new MediaType(OCI_LAYER_TAR.name + "+zstd");

    public static final MediaType DOCKER_MANIFEST =
            new MediaType("application/vnd.docker.distribution.manifest.v2+json");
    public static final MediaType DOCKER_LAYER_GZIP =
            new MediaType("application/vnd.docker.image.rootfs.diff.tar.gzip");

    private static final Set<String> INDEXES =
            Set.of(OCI_INDEX.name, "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final Set<String> MANIFESTS = Set.of(OCI_MANIFEST.name, DOCKER_MANIFEST.name);
    private static final Set<String> CONFIGS =
            Set.of(OCI_CONFIG.name, "application/vnd.docker.container.image.v1+json");
    private static final Set<String> LAYERS = Set.of(
            OCI_LAYER_TAR.name,
            OCI_LAYER_GZIP.name,
            OCI_LAYER_ZSTD.name,
            "application/vnd.docker.image.rootfs.diff.tar",
            DOCKER_LAYER_GZIP.name,
            "application/vnd.docker.image.rootfs.diff.tar.zstd");

    /// Layers that may not be passed on; archives usually leave their blobs out.
    private static final Set<String> FOREIGN_LAYERS = Set.of(
            "application/vnd.oci.image.layer.nondistributable.v1.tar",
            "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
            "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
            "application/vnd.docker.image.rootfs.foreign.diff.tar",
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");

    private static final int LONGEST = 255;

    public MediaType {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw new IllegalArgumentException("a media type has 1 to " + LONGEST + " characters");
        }
    }

    /// A manifest's own word for what it is; OCI's need not tell.
    public static MediaType ofManifest(byte[] manifest) {
        return JsonObject.parse(manifest, "manifest")
                .optionalText("mediaType")
                .map(MediaType::new)
                .orElse(OCI_MANIFEST);
    }

    public boolean isIndex() {
        return INDEXES.contains(name);
    }

    public boolean isManifest() {
        return MANIFESTS.contains(name);
    }

    public boolean isConfig() {
        return CONFIGS.contains(name);
    }

    public boolean isLayer() {
        return LAYERS.contains(name) || isForeignLayer();
    }

    public boolean isForeignLayer() {
        return FOREIGN_LAYERS.contains(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
