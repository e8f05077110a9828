package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `docker save` wrote before version 25: a `manifest.json` that names files, which nothing but their bytes
/// identifies. From it come an OCI manifest for each image and an index that bears their tags.
final class DockerArchive {

    private static final int MOST_LINKS = 10_000;

    private final String subject;
    private final BlobStore blobs;
    private final Holdings.Hold hold;
    private final Map<String, Stored> files = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();

    private record Stored(Digest digest, long size) {}

    DockerArchive(String subject, BlobStore blobs, Holdings.Hold hold) {
        this.subject = subject;
        this.blobs = blobs;
        this.hold = hold;
    }

    void file(String name, long size, InputStream content) {
        Digest digest = blobs.takeUnnamed(name + " of " + subject, size, content, bytes -> {}, hold::on);
        if (files.put(name, new Stored(digest, size)) != null) {
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
                describe(descriptor, MediaType.OCI_MANIFEST, new Stored(digest, made.length));
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
        describe(manifest.putObject("config"), MediaType.OCI_CONFIG, stored(image, image.text("Config")));
        ArrayNode layers = manifest.putArray("layers");
        for (String layer : image.texts("Layers")) {
            describe(layers.addObject(), MediaType.OCI_LAYER_TAR, stored(image, layer));
        }
        return JsonText.bytes(manifest);
    }

    private static void describe(ObjectNode descriptor, MediaType type, Stored blob) {
        descriptor.put("mediaType", type.name());
        descriptor.put("digest", blob.digest().toString());
        descriptor.put("size", blob.size());
    }

    private Stored stored(JsonObject image, String name) {
        Stored stored = files.get(links.getOrDefault(name, name));
        if (stored == null) {
            throw image.wrong("'" + name + "' is not in the archive");
        }
        return stored;
    }

    private CorruptedException broken(String reason) {
        return new CorruptedException("import", subject, reason, "");
    }
}
