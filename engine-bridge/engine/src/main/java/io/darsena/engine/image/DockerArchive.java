package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `docker save` wrote before version 25, and podman, kaniko, crane, jib and others still do: a `manifest.json`
/// that names files, which nothing but their bytes
/// identifies. From it come an OCI manifest for each image and an index that bears their tags.
final class DockerArchive {

    private static final int MOST_LINKS = 10_000;
    private static final int BUFFER = 64 * 1024;

    private final String subject;
    private final BlobStore blobs;
    private final Holdings.Hold hold;
    private final Map<String, Stored> files = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();

    private record Stored(Digest digest, long size, MediaType layerType) {}

    DockerArchive(String subject, BlobStore blobs, Holdings.Hold hold) {
        this.subject = subject;
        this.blobs = blobs;
        this.hold = hold;
    }

    /// Such an archive does not tell how a layer is compressed.
    private static MediaType layerType(InputStream bytes) throws IOException {
        return switch (ArchiveCompression.of(bytes)) {
            case GZIP -> MediaType.OCI_LAYER_GZIP;
            case ZSTD -> MediaType.OCI_LAYER_ZSTD;
            case NONE, BZIP2, XZ -> MediaType.OCI_LAYER_TAR;
        };
    }

    void file(String name, long size, InputStream content) throws IOException {
        InputStream bytes = new BufferedInputStream(content, BUFFER);
        MediaType type = layerType(bytes);
        Digest digest = blobs.takeUnnamed(name + " of " + subject, size, bytes, count -> {}, hold::on);
        if (files.put(name, new Stored(digest, size, type)) != null) {
            throw broken("'" + name + "' is in it twice: which one counts depends on who reads it");
        }
    }

    /// Layers that several images share are links to one of them. A link to anywhere else means nothing.
    void link(String name, String target) {
        ArchiveNames.dockerLink(target).ifPresent(file -> links.put(name, file));
        if (links.size() > MOST_LINKS) {
            throw broken("it has more than " + MOST_LINKS + " links");
        }
    }

    byte[] index(byte[] manifest) {
        ObjectNode index = JsonText.object().put("schemaVersion", 2);
        ArrayNode manifests = index.putArray("manifests");
        for (JsonObject image : JsonObject.parseArray(manifest, ArchiveNames.DOCKER_MANIFEST + " of " + subject)) {
            byte[] made = manifest(image);
            Digest digest = blobs.takeUnnamed(
                    "manifest for " + subject, made.length, new ByteArrayInputStream(made), bytes -> {}, hold::on);
            List<String> tags = image.texts("RepoTags");
            for (String tag : tags.isEmpty() ? List.of("") : tags) {
                ObjectNode descriptor = manifests.addObject();
                describe(descriptor, MediaType.OCI_MANIFEST, digest, made.length);
                if (!tag.isEmpty()) {
                    descriptor.putObject("annotations").put("io.containerd.image.name", tag);
                }
            }
        }
        return JsonText.bytes(index);
    }

    private byte[] manifest(JsonObject image) {
        ObjectNode manifest = JsonText.object().put("schemaVersion", 2);
        manifest.put("mediaType", MediaType.OCI_MANIFEST.name());
        Stored config = stored(image, image.text("Config"));
        describe(manifest.putObject("config"), MediaType.OCI_CONFIG, config.digest(), config.size());
        ArrayNode layers = manifest.putArray("layers");
        for (String layer : image.texts("Layers")) {
            Stored blob = stored(image, layer);
            describe(layers.addObject(), blob.layerType(), blob.digest(), blob.size());
        }
        return JsonText.bytes(manifest);
    }

    private static void describe(ObjectNode descriptor, MediaType type, Digest digest, long size) {
        descriptor.put("mediaType", type.name());
        descriptor.put("digest", digest.toString());
        descriptor.put("size", size);
    }

    private Stored stored(JsonObject image, String name) {
        Stored stored = files.get(links.getOrDefault(name, name));
        if (stored == null) {
            stored = ArchiveNames.blob(name)
                    .flatMap(this::ofLayout)
                    .orElseThrow(() -> image.wrong("'" + name + "' is not in the archive"));
        }
        return stored;
    }

    /// What lies where an OCI layout has its blobs, in an archive that is none.
    private Optional<Stored> ofLayout(Digest digest) {
        OptionalLong size = blobs.size(digest);
        if (size.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream bytes = new BufferedInputStream(blobs.open(digest))) {
            return Optional.of(new Stored(digest, size.getAsLong(), layerType(bytes)));
        } catch (IOException e) {
            throw StorageFailure.of("read", "blob " + digest, e);
        }
    }

    private CorruptedException broken(String reason) {
        return new CorruptedException("import", subject, reason, "");
    }
}
