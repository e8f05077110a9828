package io.darsena.engine.kernel;

import io.darsena.bridge.Engine;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.Image;
import io.darsena.engine.starter.StarterImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// An image of the starter's layers and more on top, as an OCI layout that is imported under its folder's name.
final class DerivedImage {

    private final Path layout;
    private final List<String> diffIds = new ArrayList<>();
    private final List<String> layers = new ArrayList<>();
    private String architecture = "";

    /// One layer in the making. Names are written byte for byte: `\\xNN` in one is that byte.
    static final class Layer {
        private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TarArchiveOutputStream tar =
                new TarArchiveOutputStream(bytes, StandardCharsets.ISO_8859_1.name());

        Layer() {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        }

        /// Each char a byte of the name.
        static String raw(String name) {
            String utf8 = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return BYTE.matcher(utf8)
                    .replaceAll(found ->
                            Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16))));
        }

        Layer file(String name, String content) throws IOException {
            byte[] data = content.getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(raw(name), true);
            entry.setSize(data.length);
            tar.putArchiveEntry(entry);
            tar.write(data);
            tar.closeArchiveEntry();
            return this;
        }

        Layer link(String name, String target) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(raw(name), TarConstants.LF_SYMLINK, true);
            entry.setLinkName(raw(target));
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
            return this;
        }

        /// One more name of a file that was added before.
        Layer hardLink(String name, String target) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(raw(name), TarConstants.LF_LINK, true);
            entry.setLinkName(raw(target));
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
            return this;
        }

        Layer file(String name, String content, int mode, int uid, int gid, long seconds) throws IOException {
            byte[] data = content.getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(raw(name), true);
            entry.setSize(data.length);
            entry.setMode(mode);
            entry.setIds(uid, gid);
            entry.setModTime(seconds * 1000);
            tar.putArchiveEntry(entry);
            tar.write(data);
            tar.closeArchiveEntry();
            return this;
        }

        /// With extended attributes, by their names.
        Layer file(String name, String content, Map<String, byte[]> attributes) throws IOException {
            byte[] data = content.getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(raw(name), true);
            entry.setSize(data.length);
            attributes.forEach((key, value) -> entry.addPaxHeader(
                    "LIBARCHIVE.xattr." + key, Base64.getEncoder().encodeToString(value)));
            tar.putArchiveEntry(entry);
            tar.write(data);
            tar.closeArchiveEntry();
            return this;
        }

        Layer directory(String name, int mode, int uid, int gid, long seconds) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(raw(name) + "/", true);
            entry.setMode(mode);
            entry.setIds(uid, gid);
            entry.setModTime(seconds * 1000);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
            return this;
        }

        /// With extended attributes, by their names.
        Layer directory(String name, Map<String, byte[]> attributes) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(raw(name) + "/", true);
            attributes.forEach((key, value) -> entry.addPaxHeader(
                    "LIBARCHIVE.xattr." + key, Base64.getEncoder().encodeToString(value)));
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
            return this;
        }

        Layer pipe(String name) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(raw(name), TarConstants.LF_FIFO, true);
            entry.setMode(0640);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
            return this;
        }

        /// A character device.
        Layer device(String name, int major, int minor) throws IOException {
            TarArchiveEntry entry = new TarArchiveEntry(raw(name), TarConstants.LF_CHR, true);
            entry.setMode(0640);
            entry.setDevMajor(major);
            entry.setDevMinor(minor);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
            return this;
        }

        private byte[] end() throws IOException {
            tar.close();
            return bytes.toByteArray();
        }
    }

    private DerivedImage(Path layout) {
        this.layout = layout;
    }

    /// @param layout is made; its name becomes the image's
    static DerivedImage ofStarter(Engine engine, Path layout) throws IOException {
        DerivedImage image = new DerivedImage(layout);
        Files.createDirectories(layout.resolve("blobs/sha256"));
        Image starter = engine.images().find(StarterImage.NAME.toString()).orElseThrow();
        image.architecture = starter.platform().split("/")[1];
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        engine.images().save(List.of(StarterImage.NAME.toString()), ArchiveFormat.OCI, saved, progress -> {});
        try (TarArchiveInputStream entries = new TarArchiveInputStream(new ByteArrayInputStream(saved.toByteArray()))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.isFile() && entry.getName().startsWith("blobs/sha256/")) {
                    Files.write(layout.resolve(entry.getName()), entries.readAllBytes());
                }
            }
        }
        for (Image.Layer layer : starter.layers()) {
            image.diffIds.add(layer.diffId().toString());
            image.layers.add(image.descriptor("layer.v1.tar+gzip", layer.blob().hex(), layer.storedSize()));
        }
        return image;
    }

    DerivedImage with(Layer layer) throws IOException {
        byte[] bytes = layer.end();
        String hex = blob(bytes);
        diffIds.add("sha256:" + hex);
        layers.add(descriptor("layer.v1.tar", hex, bytes.length));
        return this;
    }

    int layers() {
        return layers.size();
    }

    private String descriptor(String type, String hex, long size) {
        return """
                {"mediaType":"application/vnd.oci.image.%s","digest":"sha256:%s","size":%d}""".formatted(type, hex, size);
    }

    private String blob(byte[] content) {
        try {
            String hex = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            Files.write(layout.resolve("blobs/sha256").resolve(hex), content);
            return hex;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String document(String type, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return descriptor(type, blob(bytes), bytes.length);
    }

    /// The name that it bears in the engine now.
    String importInto(Engine engine) throws IOException {
        String ids = diffIds.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
        String config = document("config.v1+json", """
                {"os":"linux","architecture":"%s","config":{"Env":["PATH=/usr/bin:/bin"]},
                "rootfs":{"type":"layers","diff_ids":[%s]}}""".formatted(architecture, ids));
        String manifest = document(
                "manifest.v1+json",
                "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}".formatted(config, String.join(",", layers)));
        Files.writeString(layout.resolve("index.json"), "{\"schemaVersion\":2,\"manifests\":[%s]}".formatted(manifest));
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        engine.images().importFrom(layout, progress -> {});
        return String.valueOf(layout.getFileName());
    }
}
