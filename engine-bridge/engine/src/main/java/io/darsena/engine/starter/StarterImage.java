package io.darsena.engine.starter;

import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.store.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/// The embedded starter image: Debian's busybox, and a command that runs on.
public final class StarterImage {

    public static final ImageReference NAME = Images.STARTER;

    private static final String MILESTONE = "starter-imported";
    private static final String ARCHIVE = "starter.oci.tar";

    private final EnginePaths paths;
    private final Database database;
    private final Images images;

    public StarterImage(EnginePaths paths, Database database, Images images) {
        this.paths = paths;
        this.database = database;
        this.images = images;
    }

    /// Imports it into a cache that never had it. Whoever removed it does not get it back. A crash in between imports
    /// it again, which changes nothing.
    public void ensure() {
        boolean hadIt = database.read(session -> session.exists("SELECT 1 FROM milestones WHERE name = ?", MILESTONE));
        if (!hadIt) {
            restore();
            database.change(session -> session.execute(
                    "INSERT INTO milestones (name, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    MILESTONE,
                    Instant.now()));
        }
    }

    /// Imports it again, for whoever removed it and wants it back. One that is there is no error.
    public ImageId restore() {
        Path archive = paths.ingest().resolve("starter-" + UUID.randomUUID() + ".tar");
        try {
            try (InputStream resource = StarterImage.class.getResourceAsStream(ARCHIVE)) {
                if (resource == null) {
                    throw new IllegalStateException("the starter image is not in the jar: " + ARCHIVE);
                }
                Files.copy(resource, archive);
                return images.importFrom(archive, progress -> {}).getFirst();
            } finally {
                Files.deleteIfExists(archive);
            }
        } catch (IOException e) {
            throw StorageFailure.of("unpack", "the starter image", e);
        }
    }
}
