package io.darsena.engine.layer;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.layer.Commit;
import io.darsena.engine.image.ImageExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An OCI layout of an image that is another one with a layer more (OCI image-spec, image-layout, config). It holds
/// what
/// is new alone: the other layers are in the cache. What the other image's documents say beyond what is known here
/// stays
/// in them. Used by one thread.
final class CommitLayout {

    private static final ObjectMapper JSON = JsonMapper.shared();
    private static final int BLOCK = 1 << 16;
    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    private static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    private final Path directory;
    private final Path blobs;
    private String diffId = "";
    private Blob layer = new Blob("", 0);

    /// @param digest `sha256:` and 64 hex digits
    private record Blob(String digest, long size) {}

    CommitLayout(Path directory) throws IOException {
        this.directory = directory;
        this.blobs = directory.resolve("blobs/sha256");
        Files.createDirectories(blobs);
    }

    /// Takes the new layer.
    void layer(InputStream tar) throws IOException {
        MessageDigest plain = sha256();
        MessageDigest packed = sha256();
        Path file = directory.resolve("layer");
        try (OutputStream out = Files.newOutputStream(file);
                GZIPOutputStream gzip = new Fast(new DigestOutputStream(out, packed))) {
            byte[] block = new byte[BLOCK];
            for (int count = tar.read(block); count >= 0; count = tar.read(block)) {
                plain.update(block, 0, count);
                gzip.write(block, 0, count);
            }
        }
        diffId = "sha256:" + HexFormat.of().formatHex(plain.digest());
        String hex = HexFormat.of().formatHex(packed.digest());
        layer = new Blob("sha256:" + hex, Files.size(file));
        Files.move(file, blobs.resolve(hex));
    }

    /// What is committed is wanted now, and seldom sent: half the time for a tenth more bytes.
    private static final class Fast extends GZIPOutputStream {

        private static final int LEVEL = 3;

        Fast(OutputStream out) throws IOException {
            super(out, BLOCK);
            def.setLevel(Math.max(LEVEL, Deflater.BEST_SPEED));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Writes the documents.
    ///
    /// @param changed whether the layer has anything in it; else the image has the same layers
    void describe(ImageExchange documents, Image base, Container container, Commit commit, boolean changed, Instant now)
            throws IOException {
        ObjectNode config = document(documents, base.id().digest());
        ObjectNode manifest = document(documents, base.manifest());
        config.put("created", now.toString());
        config.remove(List.of("container", "container_config", "author"));
        if (!commit.author().isEmpty()) {
            config.put("author", commit.author());
        }
        commit.config().ifPresent(wanted -> configure(config.withObject("/config"), wanted));
        history(config, container, commit, changed, now);
        if (changed) {
            ((ArrayNode) config.withObject("/rootfs").withArray("diff_ids")).add(diffId);
        }
        Blob written = write(config);
        boolean docker = manifest.path("mediaType").asString("").equals(DOCKER_MANIFEST);
        manifest.withObject("/config").put("digest", written.digest()).put("size", written.size());
        if (changed) {
            ((ArrayNode) manifest.withArray("layers"))
                    .addObject()
                    .put("mediaType", docker ? DOCKER_LAYER : OCI_LAYER)
                    .put("size", layer.size())
                    .put("digest", layer.digest());
        }
        manifest.remove(List.of("annotations", "subject"));
        Blob made = write(manifest);
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2).put("mediaType", OCI_INDEX);
        index.putArray("manifests")
                .addObject()
                .put("mediaType", docker ? DOCKER_MANIFEST : OCI_MANIFEST)
                .put("digest", made.digest())
                .put("size", made.size());
        Files.write(directory.resolve("index.json"), JSON.writeValueAsBytes(index));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    private static ObjectNode document(ImageExchange documents, Digest digest) {
        byte[] bytes = documents
                .document(digest)
                .orElseThrow(() -> new CorruptedException(
                        "read", "document " + digest, "it is gone", "import or pull its image again"));
        return (ObjectNode) JSON.readTree(bytes);
    }

    private static void history(ObjectNode config, Container container, Commit commit, boolean changed, Instant now) {
        ArrayNode steps = (ArrayNode) config.withArray("history");
        int layers = config.withObject("/rootfs").withArray("diff_ids").size();
        if (steps.valueStream()
                        .filter(step -> !step.path("empty_layer").asBoolean(false))
                        .count()
                != layers) {
            // A history that does not tell of each layer is none, and so would be the new step in it.
            steps.removeAll();
            for (int layer = 0; layer < layers; layer++) {
                steps.addObject();
            }
        }
        ObjectNode step = steps.addObject();
        step.put("created", now.toString());
        step.put("created_by", String.join(" ", container.arguments()));
        if (!commit.author().isEmpty()) {
            step.put("author", commit.author());
        }
        if (!commit.message().isEmpty()) {
            step.put("comment", commit.message());
        }
        if (!changed) {
            step.put("empty_layer", true);
        }
    }

    private static void configure(ObjectNode run, ImageConfig wanted) {
        texts(run, "Entrypoint", wanted.entrypoint());
        texts(run, "Cmd", wanted.command());
        texts(run, "Env", wanted.environment());
        text(run, "WorkingDir", wanted.workingDirectory());
        text(run, "User", wanted.user());
        text(run, "StopSignal", wanted.stopSignal());
        names(run, "ExposedPorts", wanted.exposedPorts());
        names(run, "Volumes", wanted.volumes());
        run.remove("Labels");
        if (!wanted.labels().isEmpty()) {
            ObjectNode labels = run.putObject("Labels");
            Map<String, String> sorted = new TreeMap<>(wanted.labels());
            sorted.forEach(labels::put);
        }
    }

    private static void texts(ObjectNode run, String key, List<String> values) {
        run.remove(key);
        if (!values.isEmpty()) {
            ArrayNode array = run.putArray(key);
            values.forEach(array::add);
        }
    }

    private static void text(ObjectNode run, String key, String value) {
        run.remove(key);
        if (!value.isEmpty()) {
            run.put(key, value);
        }
    }

    private static void names(ObjectNode run, String key, Collection<String> values) {
        run.remove(key);
        if (!values.isEmpty()) {
            ObjectNode object = run.putObject(key);
            values.stream().sorted().forEach(object::putObject);
        }
    }

    private Blob write(JsonNode document) throws IOException {
        byte[] bytes = JSON.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(sha256().digest(bytes));
        Files.write(blobs.resolve(hex), bytes);
        return new Blob("sha256:" + hex, bytes.length);
    }
}
