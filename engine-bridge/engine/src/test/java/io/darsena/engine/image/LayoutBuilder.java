package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.image.document.Platform;
import io.darsena.engine.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes OCI layouts and archives, right ones and, through the hooks, wrong ones.
public final class LayoutBuilder {

    static final String REFERENCE = "org.opencontainers.image.ref.name";
    static final String CONTAINERD_NAME = "io.containerd.image.name";

    private final Map<Digest, byte[]> blobs = new LinkedHashMap<>();
    private final ObjectNode index = JsonText.object().put("schemaVersion", 2);
    private final ArrayNode manifests = index.putArray("manifests");

    /// One image in the making.
    public static final class ImageDraft {
        public String os = "linux";
        public String architecture = Platform.ofThisMachine().architecture();
        public final List<byte[]> tars = new ArrayList<>();
        public boolean gzip = true;
        public Consumer<ObjectNode> config = tree -> {};
        public Consumer<ObjectNode> manifest = tree -> {};
        Consumer<ObjectNode> descriptor = tree -> {};

        public ImageDraft layer(TarBytes tar) {
            tars.add(tar.bytes());
            return this;
        }
    }

    public static Digest digest(byte[] bytes) {
        try {
            return new Digest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Digest blob(byte[] bytes) {
        Digest digest = digest(bytes);
        blobs.put(digest, bytes);
        return digest;
    }

    public Map<Digest, byte[]> blobs() {
        return blobs;
    }

    public ArrayNode manifests() {
        return manifests;
    }

    ObjectNode index() {
        return index;
    }

    public LayoutBuilder image(String refName, TarBytes... layers) {
        ImageDraft draft = new ImageDraft();
        for (TarBytes layer : layers) {
            draft.layer(layer);
        }
        return image(refName, draft);
    }

    public LayoutBuilder image(String refName, ImageDraft draft) {
        ObjectNode descriptor = manifests.addObject();
        descriptor.setAll(manifest(draft));
        if (!refName.isEmpty()) {
            descriptor.putObject("annotations").put(REFERENCE, refName);
        }
        draft.descriptor.accept(descriptor);
        return this;
    }

    /// Stores an image's blobs and describes its manifest.
    public ObjectNode manifest(ImageDraft draft) {
        ObjectNode config = JsonText.object();
        config.put("os", draft.os);
        config.put("architecture", draft.architecture);
        config.put("created", "2026-01-02T03:04:05Z");
        config.putObject("config").putArray("Cmd").add("sh");
        ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        ObjectNode manifest = JsonText.object().put("schemaVersion", 2);
        manifest.put("mediaType", MediaType.OCI_MANIFEST.name());
        ObjectNode configDescriptor = manifest.putObject("config");
        ArrayNode layers = manifest.putArray("layers");
        for (byte[] tar : draft.tars) {
            diffIds.add(digest(tar).toString());
            byte[] stored = draft.gzip ? TarBytes.gzip(tar) : tar;
            String type = MediaType.OCI_LAYER_TAR.name() + (draft.gzip ? "+gzip" : "");
            describe(layers.addObject(), type, stored);
        }
        draft.config.accept(config);
        describe(configDescriptor, MediaType.OCI_CONFIG.name(), JsonText.bytes(config));
        draft.manifest.accept(manifest);
        ObjectNode descriptor = JsonText.object();
        describe(descriptor, MediaType.OCI_MANIFEST.name(), JsonText.bytes(manifest));
        return descriptor;
    }

    void describe(ObjectNode descriptor, String mediaType, byte[] bytes) {
        descriptor.put("mediaType", mediaType);
        descriptor.put("digest", blob(bytes).toString());
        descriptor.put("size", bytes.length);
    }

    /// Stores an index of these descriptors and describes it.
    public ObjectNode nested(ObjectNode... descriptors) {
        ObjectNode nested = JsonText.object().put("schemaVersion", 2);
        ArrayNode entries = nested.putArray("manifests");
        for (ObjectNode each : descriptors) {
            entries.add(each);
        }
        ObjectNode descriptor = JsonText.object();
        describe(descriptor, "application/vnd.oci.image.index.v1+json", JsonText.bytes(nested));
        return descriptor;
    }

    public Path directory(Path directory) {
        try {
            Path blobDirectory = Files.createDirectories(directory.resolve("blobs/sha256"));
            Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
            Files.write(directory.resolve("index.json"), JsonText.bytes(index));
            for (Map.Entry<Digest, byte[]> blob : blobs.entrySet()) {
                Files.write(blobDirectory.resolve(blob.getKey().hex()), blob.getValue());
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The index comes last, after the blobs that it leads to.
    TarBytes archive() {
        TarBytes tar = new TarBytes();
        blobs.forEach((digest, bytes) -> tar.file("blobs/sha256/" + digest.hex(), bytes));
        tar.file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        return tar.file("index.json", JsonText.bytes(index));
    }
}
