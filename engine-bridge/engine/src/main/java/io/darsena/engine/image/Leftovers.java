package io.darsena.engine.image;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.paths.Absence;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.store.Database;
import io.darsena.engine.store.Session;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What an earlier engine left half done: everything on its way in or out, images without all they are made of, and
/// layers and blobs without a row.
/// For the time before anything is imported. What pulls have left of blobs stays for a while ([PartialBlobs]).
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final EnginePaths paths;
    private final Database database;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final PartialBlobs partials;
    private final ImageUsers users;

    Leftovers(
            EnginePaths paths,
            Database database,
            BlobStore blobs,
            LayerStore layers,
            PartialBlobs partials,
            ImageUsers users) {
        this.paths = paths;
        this.database = database;
        this.blobs = blobs;
        this.layers = layers;
        this.partials = partials;
        this.users = users;
    }

    /// Trees are put aside at once and deleted in the background: a start does not wait for that.
    void sweep() {
        dropIncomplete();
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

    /// An image whose files are gone cannot be used, whatever its row says: a loss of power has taken a
    /// removal's row back, or somebody has deleted them. One that containers are made from stays, and
    /// pulling it again mends it. So do all where most is missing: then a disk is not mounted.
    private void dropIncomplete() {
        database.change(session -> {
            List<ImageRows.ImageRow> images = ImageRows.all(session);
            Set<DiffId> named = new HashSet<>();
            Set<Digest> documents = new HashSet<>();
            for (ImageRows.ImageRow image : images) {
                named.addAll(layersOf(session, image));
                documents.addAll(documentsOf(image));
            }
            boolean trusted =
                    hasMost(named, layers::isGone, paths.layers()) & hasMost(documents, this::isGone, paths.blobs());
            boolean dropped = false;
            for (ImageRows.ImageRow image : images) {
                if (!lacksFiles(session, image)) {
                    continue;
                }
                boolean kept = !trusted
                        || !users.usersOf(image.id()).isEmpty()
                        || !users.trashedUsersOf(image.id()).isEmpty();
                if (trusted) {
                    LOG.warn(
                            kept
                                    ? "image {} lacks files and is kept for its containers; pull it again"
                                    : "image {} lacks files: it is not listed any more",
                            image.id().shortId());
                }
                if (!kept) {
                    ImageRows.delete(session, image.id());
                    dropped = true;
                }
            }
            if (dropped) {
                IndexRows.deleteUnneeded(session);
                LayerRows.deleteUnneeded(session);
            }
        });
    }

    private static <T> boolean hasMost(Set<T> named, Predicate<T> isGone, Path directory) {
        long gone = named.stream().filter(isGone).count();
        boolean most = Absence.isForGood(gone, named.size());
        if (!most) {
            LOG.warn(
                    "{} of {} files that images are made of are not in {}, and all images stay: if that is a disk of "
                            + "its own, mount it and open Darsena again, else pull the images again or remove them",
                    gone,
                    named.size(),
                    directory);
        }
        return most;
    }

    private boolean lacksFiles(Session session, ImageRows.ImageRow image) throws SQLException {
        return documentsOf(image).stream().anyMatch(this::isGone)
                || layersOf(session, image).stream().anyMatch(layers::isGone);
    }

    private static Set<DiffId> layersOf(Session session, ImageRows.ImageRow image) throws SQLException {
        Set<DiffId> all = new HashSet<>();
        image.parents().ifPresent(all::add);
        ImageRows.layers(session, image.id()).forEach(layer -> all.add(layer.diffId()));
        return all;
    }

    private static Set<Digest> documentsOf(ImageRows.ImageRow image) {
        return new HashSet<>(List.of(image.id().digest(), image.manifest()));
    }

    private boolean isGone(Digest blob) {
        return Files.notExists(paths.blob(blob));
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
