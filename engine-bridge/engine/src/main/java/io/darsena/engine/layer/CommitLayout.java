package io.darsena.engine.layer;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.layer.Commit;
import io.darsena.engine.content.DigestingStream;
import io.darsena.engine.image.ImageExchange;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An OCI layout of an image that is another one with a layer more (OCI image-spec, image-layout, config). It holds
/// what is new alone: the other layers are in the cache. What the other image's documents say beyond what is known
/// here stays in them. Used by one thread.
final class CommitLayout {

    private static final int BLOCK = 1 << 16;

    /// What is committed is wanted now, and seldom sent: half the time for a tenth more bytes.
    private static final int LEVEL = 3;

    private final Path directory;
    private final Path blobs;
    private Optional<NewLayer> layer = Optional.empty();

    private record Blob(Digest digest, long size) {}

    private record NewLayer(Digest diffId, Blob blob) {}

    CommitLayout(Path directory) throws IOException {
        this.directory = directory;
        this.blobs = directory.resolve("blobs/sha256");
        Files.createDirectories(blobs);
    }

    /// Takes the new layer.
    void layer(InputStream tar) throws IOException {
        Path file = directory.resolve("layer");
        MessageDigest packed = sha256();
        DigestingStream plain = new DigestingStream(tar);
        try (OutputStream out = Files.newOutputStream(file);
                OutputStream gzip = new GzipCompressorOutputStream(new DigestOutputStream(out, packed), fast())) {
            plain.transferTo(gzip);
        }
        Digest digest = digest(packed);
        layer = Optional.of(new NewLayer(plain.digest(), new Blob(digest, Files.size(file))));
        Files.move(file, blobs.resolve(digest.hex()));
    }

    private static GzipParameters fast() {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(LEVEL);
        parameters.setBufferSize(BLOCK);
        return parameters;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Digest digest(MessageDigest hash) {
        return new Digest(HexFormat.of().formatHex(hash.digest()));
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
        Optional<NewLayer> added = layer.filter(made -> changed);
        added.ifPresent(made -> ((ArrayNode) config.withObject("/rootfs").withArray("diff_ids"))
                .add(made.diffId().toString()));
        boolean docker = manifest.path("mediaType").asString("").equals(MediaType.DOCKER_MANIFEST.name());
        describe(manifest.withObject("/config"), write(config));
        added.ifPresent(made -> describe(
                ((ArrayNode) manifest.withArray("layers")).addObject(),
                docker ? MediaType.DOCKER_LAYER_GZIP : MediaType.OCI_LAYER_GZIP,
                made.blob()));
        manifest.remove(List.of("annotations", "subject"));
        ObjectNode index = JsonText.object().put("schemaVersion", 2).put("mediaType", MediaType.OCI_INDEX.name());
        describe(
                index.putArray("manifests").addObject(),
                docker ? MediaType.DOCKER_MANIFEST : MediaType.OCI_MANIFEST,
                write(manifest));
        Files.write(directory.resolve("index.json"), JsonText.bytes(index));
        Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    private static void describe(ObjectNode descriptor, MediaType type, Blob blob) {
        descriptor.put("mediaType", type.name());
        describe(descriptor, blob);
    }

    private static void describe(ObjectNode descriptor, Blob blob) {
        descriptor.put("digest", blob.digest().toString()).put("size", blob.size());
    }

    private static ObjectNode document(ImageExchange documents, Digest digest) {
        byte[] bytes = documents
                .document(digest)
                .orElseThrow(() -> new CorruptedException(
                        "read", "document " + digest, "it is gone", "import or pull its image again"));
        return JsonText.object(bytes);
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

    private Blob write(ObjectNode document) throws IOException {
        byte[] bytes = JsonText.bytes(document);
        MessageDigest hash = sha256();
        hash.update(bytes);
        Digest digest = digest(hash);
        Files.write(blobs.resolve(digest.hex()), bytes);
        return new Blob(digest, bytes.length);
    }
}
