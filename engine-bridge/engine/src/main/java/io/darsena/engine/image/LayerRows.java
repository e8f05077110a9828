package io.darsena.engine.image;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.store.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The rows of unpacked layers and of the blobs they came from. Each method runs within a transaction of its caller's.
final class LayerRows {

    private LayerRows() {}

    /// What unpacking a layer has shown.
    ///
    /// @param contentBytes sum of the files' sizes
    /// @param entriesImplied the tar lacks entries for directories that it fills
    record LayerFacts(DiffId diffId, long contentBytes, long tarBytes, long entries, boolean entriesImplied) {}

    /// A layer together with the blob that was seen to unpack to it.
    record Unpacked(LayerFacts facts, Digest blob, long storedBytes) {
        DiffId diffId() {
            return facts.diffId();
        }
    }

    static Optional<LayerFacts> find(Session session, DiffId diffId) throws SQLException {
        return session.first(
                "SELECT content_bytes, tar_bytes, entries, entries_implied FROM layers WHERE diff_id = ?",
                row -> new LayerFacts(
                        diffId,
                        row.number("content_bytes"),
                        row.number("tar_bytes"),
                        row.number("entries"),
                        row.flag("entries_implied")),
                diffId.toString());
    }

    static boolean isKnownBlob(Session session, DiffId diffId, Digest blob) throws SQLException {
        return session.exists(
                "SELECT 1 FROM layer_blobs WHERE diff_id = ? AND blob = ?", diffId.toString(), blob.toString());
    }

    /// One that is there already stays as it is.
    static void insert(Session session, LayerFacts facts) throws SQLException {
        session.execute(
                """
                INSERT INTO layers (diff_id, content_bytes, tar_bytes, entries, entries_implied) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (diff_id) DO NOTHING""",
                facts.diffId().toString(),
                facts.contentBytes(),
                facts.tarBytes(),
                facts.entries(),
                facts.entriesImplied());
    }

    static void insertBlob(Session session, Unpacked layer) throws SQLException {
        session.execute(
                "INSERT INTO layer_blobs (diff_id, blob, stored_bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                layer.diffId().toString(),
                layer.blob().toString(),
                layer.storedBytes());
    }

    static boolean existsLayer(Session session, DiffId diffId) throws SQLException {
        return session.exists("SELECT 1 FROM layers WHERE diff_id = ?", diffId.toString());
    }

    /// Whether an image needs the blob: as manifest, as config, as a layer, or for the index it came by.
    static boolean isBlobUsed(Session session, Digest blob) throws SQLException {
        String text = blob.toString();
        return session.exists("""
                SELECT 1 FROM images WHERE id = ?1 OR manifest = ?1
                UNION ALL SELECT 1 FROM layer_blobs WHERE blob = ?1
                UNION ALL SELECT 1 FROM index_blobs WHERE blob = ?1""", text);
    }

    /// Deletes the rows of layers and blobs that no image needs any more, and tells whose they were.
    static Unneeded deleteUnneeded(Session session) throws SQLException {
        List<Digest> blobs = session.query("""
                DELETE FROM layer_blobs WHERE NOT EXISTS
                    (SELECT 1 FROM image_layers i WHERE i.diff_id = layer_blobs.diff_id AND i.blob = layer_blobs.blob)
                RETURNING blob""", row -> Digest.parse(row.text("blob")));
        List<DiffId> layers = session.query("""
                DELETE FROM layers
                WHERE NOT EXISTS (SELECT 1 FROM image_layers i WHERE i.diff_id = layers.diff_id)
                    AND NOT EXISTS (SELECT 1 FROM images i WHERE i.parents = layers.diff_id)
                RETURNING diff_id""", row -> DiffId.parse(row.text("diff_id")));
        return new Unneeded(blobs, layers);
    }

    record Unneeded(List<Digest> blobs, List<DiffId> layers) {}
}
