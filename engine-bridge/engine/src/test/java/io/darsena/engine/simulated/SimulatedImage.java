package io.darsena.engine.simulated;

import io.darsena.bridge.Engine;
import io.darsena.bridge.image.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// An OCI layout with one image of one empty layer, whose command is the simulated starter.
public final class SimulatedImage {

    public static final String NAME = "darsena/starter:latest";

    private final Path root;

    private SimulatedImage(Path root) {
        this.root = root;
    }

    /// Writes the layout to `root` and imports it.
    public static void importInto(Engine engine, Path root) throws IOException {
        if (engine.images().find(NAME).isEmpty()) {
            new SimulatedImage(root).write();
            var id = engine.images().importFrom(root, progress -> {}).getFirst();
            engine.images().tag(id, ImageReference.parse(NAME));
        }
    }

    private void write() throws IOException {
        Files.createDirectories(root.resolve("blobs/sha256"));
        byte[] layer = new byte[10240];
        String diffId = blob(layer);
        String architecture = System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64";
        byte[] config = """
                {"architecture":"%s","os":"linux","config":{"Cmd":["starter"],
                "Env":["PATH=/bin","FROM_IMAGE=yes"],"StopSignal":"SIGTERM"},
                "rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}""".formatted(architecture, diffId).getBytes(StandardCharsets.UTF_8);
        byte[] manifest =
                """
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
                "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%d},
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"sha256:%s","size":%d}]}""".formatted(blob(config), config.length, diffId, layer.length).getBytes(StandardCharsets.UTF_8);
        Files.writeString(
                root.resolve("index.json"), """
                {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
                "digest":"sha256:%s","size":%d,"annotations":{"org.opencontainers.image.ref.name":"%s"}}]}""".formatted(blob(manifest), manifest.length, "docker.io/" + NAME));
        Files.writeString(root.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    }

    private String blob(byte[] content) throws IOException {
        try {
            String hex = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            Files.write(root.resolve("blobs/sha256").resolve(hex), content);
            return hex;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
