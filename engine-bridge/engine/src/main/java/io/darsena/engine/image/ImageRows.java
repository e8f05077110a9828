package io.darsena.engine.image;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.store.Row;
import io.darsena.engine.store.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The rows of images and their names. Each method runs within a transaction of its caller's.
final class ImageRows {

    private ImageRows() {}

    /// @param parents see [LayerParents]
    record ImageRow(ImageId id, Digest manifest, String platform, Instant importedAt, Optional<DiffId> parents) {}

    /// One layer in its place in an image.
    record ImageLayerRow(DiffId diffId, Digest blob, long contentBytes, long storedBytes, long entries) {}

    static List<ImageRow> all(Session session) throws SQLException {
        return session.query("SELECT id, manifest, platform, imported_at, parents FROM images", ImageRows::image);
    }

    static Optional<ImageRow> find(Session session, ImageId id) throws SQLException {
        return session.first(
                "SELECT id, manifest, platform, imported_at, parents FROM images WHERE id = ?",
                ImageRows::image,
                id.toString());
    }

    private static ImageRow image(Row row) throws SQLException {
        return new ImageRow(
                ImageId.parse(row.text("id")),
                Digest.parse(row.text("manifest")),
                row.text("platform"),
                row.instant("imported_at"),
                row.optionalText("parents").map(DiffId::parse));
    }

    static List<ImageId> withIdPrefix(Session session, String hexPrefix) throws SQLException {
        return session.query(
                "SELECT id FROM images WHERE substr(id, 8, ?) = ?",
                row -> ImageId.parse(row.text("id")),
                hexPrefix.length(),
                hexPrefix);
    }

    static List<ImageId> withManifest(Session session, Digest manifest) throws SQLException {
        return session.query(
                "SELECT id FROM images WHERE manifest = ?", row -> ImageId.parse(row.text("id")), manifest.toString());
    }

    /// Lowest first.
    static List<ImageLayerRow> layers(Session session, ImageId id) throws SQLException {
        return session.query(
                """
                SELECT l.diff_id, b.blob, l.content_bytes, b.stored_bytes, l.entries
                FROM image_layers i
                JOIN layers l ON l.diff_id = i.diff_id
                JOIN layer_blobs b ON b.diff_id = i.diff_id AND b.blob = i.blob
                WHERE i.image = ? ORDER BY i.position""",
                row -> new ImageLayerRow(
                        DiffId.parse(row.text("diff_id")),
                        Digest.parse(row.text("blob")),
                        row.number("content_bytes"),
                        row.number("stored_bytes"),
                        row.number("entries")),
                id.toString());
    }

    /// Sorted.
    static List<ImageReference> names(Session session, ImageId id) throws SQLException {
        return session.query(
                "SELECT name FROM image_names WHERE image = ? ORDER BY name",
                row -> ImageReference.parse(row.text("name")),
                id.toString());
    }

    static Optional<ImageId> named(Session session, ImageReference name) throws SQLException {
        return session.first(
                "SELECT image FROM image_names WHERE name = ?",
                row -> ImageId.parse(row.text("image")),
                name.toString());
    }

    /// @param layers lowest first; their rows stand already
    static void insert(Session session, ImageRow image, List<LayerRows.Unpacked> layers) throws SQLException {
        session.execute(
                "INSERT INTO images (id, manifest, platform, imported_at, parents) VALUES (?, ?, ?, ?, ?)",
                image.id().toString(),
                image.manifest().toString(),
                image.platform(),
                image.importedAt(),
                image.parents().map(DiffId::toString));
        for (int position = 0; position < layers.size(); position++) {
            LayerRows.Unpacked layer = layers.get(position);
            session.execute(
                    "INSERT INTO image_layers (image, position, diff_id, blob) VALUES (?, ?, ?, ?)",
                    image.id().toString(),
                    position,
                    layer.diffId().toString(),
                    layer.blob().toString());
        }
    }

    static void delete(Session session, ImageId id) throws SQLException {
        session.execute("DELETE FROM images WHERE id = ?", id.toString());
    }

    /// Gives the name to the image, whoever bore it before.
    ///
    /// @param index the one by which the image comes under this name
    static void name(Session session, ImageReference name, ImageId id, Optional<Digest> index) throws SQLException {
        session.execute("""
                INSERT INTO image_names (name, image, image_index) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET image = excluded.image, image_index = excluded.image_index""", name.toString(), id.toString(), index.map(Digest::toString));
    }

    /// The index by which an image came under this name; empty when by its manifest alone, or there is no such
    /// name.
    static Optional<Digest> indexOf(Session session, ImageReference name) throws SQLException {
        return session
                .query(
                        "SELECT image_index FROM image_names WHERE name = ?",
                        row -> row.optionalText("image_index"),
                        name.toString())
                .stream()
                .flatMap(Optional::stream)
                .map(Digest::parse)
                .findFirst();
    }

    /// Names with digests by which registries know the image, sorted.
    static List<ImageReference> digests(Session session, ImageId id) throws SQLException {
        return session.query(
                "SELECT reference FROM image_digests WHERE image = ? ORDER BY reference",
                row -> ImageReference.parse(row.text("reference")),
                id.toString());
    }

    /// Those that a registry knows by this repository and digest: of an index one a platform.
    static List<ImageId> knownAs(Session session, ImageReference digest) throws SQLException {
        return session.query(
                "SELECT image FROM image_digests WHERE reference = ? ORDER BY image",
                row -> ImageId.parse(row.text("image")),
                digest.toString());
    }

    /// @param digest a repository and a digest, without a tag
    /// @return whether this is news
    static boolean knowAs(Session session, ImageReference digest, ImageId id) throws SQLException {
        int added = session.execute(
                "INSERT INTO image_digests (reference, image) VALUES (?, ?) ON CONFLICT DO NOTHING",
                digest.toString(),
                id.toString());
        return added > 0;
    }

    /// @param digest a repository and a digest, without a tag
    /// @return whether it was known so
    static boolean forgetAs(Session session, ImageReference digest, ImageId id) throws SQLException {
        int gone = session.execute(
                "DELETE FROM image_digests WHERE reference = ? AND image = ?", digest.toString(), id.toString());
        return gone > 0;
    }

    /// Where a registry may have this blob already: repositories from which images with it came, or went to.
    static List<ImageReference> repositoriesWith(Session session, Digest blob) throws SQLException {
        return session.query("""
                SELECT DISTINCT d.reference FROM image_digests d
                WHERE d.image = ?1 OR d.image IN (SELECT image FROM image_layers WHERE blob = ?1)""", row -> ImageReference.parse(row.text("reference")), blob.toString());
    }

    /// With its last name of a repository an image is known by no digest of that repository either.
    static void unname(Session session, ImageReference name, ImageId bearer) throws SQLException {
        session.execute("DELETE FROM image_names WHERE name = ?", name.toString());
        if (names(session, bearer).stream().anyMatch(name::sharesRepositoryWith)) {
            return;
        }
        for (ImageReference digest : digests(session, bearer)) {
            if (digest.sharesRepositoryWith(name)) {
                forgetAs(session, digest, bearer);
            }
        }
    }
}
