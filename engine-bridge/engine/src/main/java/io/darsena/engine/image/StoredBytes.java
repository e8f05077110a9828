package io.darsena.engine.image;

import io.darsena.bridge.disk.PrunePlan.Part;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.runtime.ContainerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Bytes that layers and blobs take on the disk. Layers never change and are measured once. Safe for
/// use by several threads.
final class StoredBytes {

    private final EnginePaths paths;
    private final BlobStore blobs;
    private final ContainerRuntime runtime;
    private final long block;
    private final Map<DiffId, Long> layers = new ConcurrentHashMap<>();

    StoredBytes(EnginePaths paths, BlobStore blobs, ContainerRuntime runtime) {
        this.paths = paths;
        this.blobs = blobs;
        this.runtime = runtime;
        try {
            block = Files.getFileStore(paths.data()).getBlockSize();
        } catch (IOException e) {
            throw StorageFailure.of("find", "the file system of " + paths.data(), e);
        }
    }

    /// 0 when it is not there.
    long of(DiffId layer) {
        if (!Files.isDirectory(paths.layer(layer))) {
            layers.remove(layer);
            return 0;
        }
        return layers.computeIfAbsent(
                layer, unknown -> runtime.usage(paths.layer(layer)).bytes());
    }

    /// 0 when it is not there.
    long of(Digest blob) {
        return allocated(blobs.size(blob).orElse(0));
    }

    /// What a file of so many bytes takes: whole blocks.
    long allocated(long bytes) {
        return (bytes + block - 1) / block * block;
    }

    boolean isThere(Part part) {
        return Files.exists(
                switch (part.kind()) {
                    case LAYER -> paths.layer(DiffId.parse(part.digest()));
                    case BLOB -> paths.blob(Digest.parse(part.digest()));
                    case DOWNLOAD -> paths.partial(Digest.parse(part.digest()));
                });
    }
}
