package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.DigestingStream;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.image.ArchivePlan.Entry;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes an archive as planned. Nothing in it tells when, where or by whom it was written, so equal plans give equal
/// bytes. What leads to the blobs comes first, so that a reader of a stream knows what they are.
final class ArchiveWriter {

    private static final int BUFFER = 128 * 1024;
    private static final int FILE_MODE = 0100644;
    private static final int DIRECTORY_MODE = 040755;
    private static final FileTime TIME = FileTime.fromMillis(0);

    private final ArchivePlan plan;
    private final ArchiveFormat format;
    private final BlobStore blobs;
    private final LongConsumer progress;

    /// @param progress told of each part's number of bytes
    ArchiveWriter(ArchivePlan plan, ArchiveFormat format, BlobStore blobs, LongConsumer progress) {
        this.plan = plan;
        this.format = format;
        this.blobs = blobs;
        this.progress = progress;
    }

    /// The stream stays open.
    void write(OutputStream stream) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(stream, StandardCharsets.UTF_8.name());
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        file(tar, LayoutMarker.FILE, LayoutMarker.bytes());
        file(tar, ArchiveNames.INDEX, index());
        if (format == ArchiveFormat.DOCKER) {
            file(tar, ArchiveNames.DOCKER_MANIFEST, dockerManifest());
        }
        directory(tar, "blobs/");
        directory(tar, "blobs/sha256/");
        for (Map.Entry<Digest, Long> blob : plan.blobs().entrySet()) {
            blob(tar, blob.getKey(), blob.getValue());
        }
        tar.finish();
        tar.flush();
    }

    private byte[] index() {
        ObjectNode index = JsonText.object().put("schemaVersion", 2).put("mediaType", MediaType.OCI_INDEX.name());
        ArrayNode manifests = index.putArray("manifests");
        for (Entry entry : plan.entries()) {
            ObjectNode descriptor = manifests.addObject();
            Descriptor target = entry.target();
            descriptor.put("mediaType", target.mediaType().name());
            descriptor.put("digest", target.digest().toString());
            descriptor.put("size", target.size());
            entry.name().ifPresent(name -> annotate(descriptor, name));
        }
        return JsonText.bytes(index);
    }

    /// As containerd and Docker say it, and for readers that know the second one alone a name that no other image
    /// in the archive has.
    private void annotate(ObjectNode descriptor, ImageReference name) {
        String tag = name.tag().orElse("latest");
        descriptor
                .putObject("annotations")
                .put(ImageSelection.CONTAINERD_NAME, name.toString())
                .put(ImageSelection.REFERENCE, format == ArchiveFormat.DOCKER ? tag : name.toString());
    }

    /// One element an image, with all its names.
    private byte[] dockerManifest() {
        Map<ImageId, Image> images = new LinkedHashMap<>();
        plan.entries().forEach(entry -> images.putIfAbsent(entry.image().id(), entry.image()));
        ArrayNode manifest = JsonText.array();
        for (Image image : images.values()) {
            ObjectNode element = manifest.addObject();
            element.put("Config", ArchiveNames.ofBlob(image.id().digest()));
            Set<String> tags = new TreeSet<>();
            plan.entries().stream()
                    .filter(entry -> entry.image().id().equals(image.id()))
                    .flatMap(entry -> entry.name().stream())
                    .forEach(name -> tags.add(name.familiar()));
            if (tags.isEmpty()) {
                element.putNull("RepoTags");
            } else {
                tags.forEach(element.putArray("RepoTags")::add);
            }
            ArrayNode layers = element.putArray("Layers");
            image.layers().forEach(layer -> layers.add(ArchiveNames.ofBlob(layer.blob())));
        }
        return JsonText.bytes(manifest);
    }

    private static TarArchiveEntry entry(String name, int mode, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        entry.setSize(size);
        entry.setIds(0, 0);
        entry.setUserName("");
        entry.setGroupName("");
        entry.setModTime(TIME);
        return entry;
    }

    private static void directory(TarArchiveOutputStream tar, String name) throws IOException {
        tar.putArchiveEntry(entry(name, DIRECTORY_MODE, 0));
        tar.closeArchiveEntry();
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        tar.putArchiveEntry(entry(name, FILE_MODE, bytes.length));
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private void blob(TarArchiveOutputStream tar, Digest digest, long size) throws IOException {
        tar.putArchiveEntry(entry(ArchiveNames.ofBlob(digest), FILE_MODE, size));
        try (DigestingStream bytes = new DigestingStream(blobs.open(digest))) {
            copy(digest, bytes, tar, size);
            if (!bytes.digest().equals(digest)) {
                throw damaged(digest);
            }
        }
        tar.closeArchiveEntry();
    }

    private void copy(Digest digest, InputStream bytes, OutputStream tar, long size) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = size;
        for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
            if (Thread.currentThread().isInterrupted()) {
                throw StorageFailure.cancelled("save", "blob " + digest);
            }
            left -= count;
            if (left < 0) {
                throw damaged(digest);
            }
            tar.write(buffer, 0, count);
            progress.accept(count);
        }
        if (left > 0) {
            throw damaged(digest);
        }
    }

    private static CorruptedException damaged(Digest digest) {
        return new CorruptedException("save", "blob " + digest, "it is damaged on disk", "import its image again");
    }
}
