package io.darsena.engine.image;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.store.Database;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an earlier engine left half done: everything on its way in or out, and layers and blobs without a row.
/// For the time before anything is imported. What pulls have left of blobs stays for a while ([PartialBlobs]).
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final EnginePaths paths;
    private final Database database;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final PartialBlobs partials;

    Leftovers(EnginePaths paths, Database database, BlobStore blobs, LayerStore layers, PartialBlobs partials) {
        this.paths = paths;
        this.database = database;
        this.blobs = blobs;
        this.layers = layers;
        this.partials = partials;
    }

    /// Trees are put aside at once and deleted in the background: a start does not wait for that.
    void sweep() {
        sweepBlobs();
        for (Path unfinished : children(paths.ingest())) {
            if (Files.isDirectory(unfinished, LinkOption.NOFOLLOW_LINKS)) {
                layers.setAside(unfinished);
            } else if (!PartialBlobs.isPartial(unfinished)) {
                delete(unfinished);
            }
        }
        partials.prune();
        Set<String> known = known("SELECT diff_id AS digest FROM layers");
        for (Path layer : children(paths.layers())) {
            String name = layer.getFileName().toString();
            if (!HEX.matcher(name).matches() || !known.contains(new DiffId(new Digest(name)).toString())) {
                layers.setAside(layer);
            }
        }
        List<Path> doomed = children(paths.trash());
        if (!doomed.isEmpty()) {
            LOG.info("deleting {} trees that an earlier engine left", doomed.size());
            Thread.ofVirtual().name("darsena-trash").start(() -> doomed.forEach(layers::delete));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageFailure.of("delete", file.toString(), e);
        }
    }

    private void sweepBlobs() {
        Set<String> known = known("""
                SELECT id AS digest FROM images UNION SELECT manifest FROM images UNION SELECT blob FROM layer_blobs
                UNION SELECT blob FROM index_blobs""");
        for (Digest blob : blobs.digests()) {
            if (!known.contains(blob.toString())) {
                blobs.delete(blob);
            }
        }
    }

    private Set<String> known(String sql) {
        return new HashSet<>(database.read(session -> session.query(sql, row -> row.text("digest"))));
    }

    private static List<Path> children(Path directory) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(children::add);
        } catch (IOException e) {
            throw StorageFailure.of("list", directory.toString(), e);
        }
        return children;
    }
}
