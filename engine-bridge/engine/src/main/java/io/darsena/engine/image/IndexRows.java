package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.store.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The rows of kept indexes. Each method runs within a transaction of its caller's.
final class IndexRows {

    private IndexRows() {}

    /// An index through which an image came.
    ///
    /// @param blobs what of it is kept: itself, and what it leads to as far as the source had it
    record KeptIndex(Digest digest, MediaType mediaType, Set<Digest> blobs) {
        KeptIndex {
            blobs = Set.copyOf(blobs);
        }
    }

    /// What was kept of it before stays; a later source may have more of it.
    static void insert(Session session, ImageId image, KeptIndex index, Instant now) throws SQLException {
        String digest = index.digest().toString();
        session.execute(
                "INSERT INTO image_indexes (digest, media_type) VALUES (?, ?) ON CONFLICT DO NOTHING",
                digest,
                index.mediaType().name());
        keep(session, index.digest(), index.blobs());
        session.execute("""
                INSERT INTO image_origins (image, image_index, added_at) VALUES (?, ?, ?)
                ON CONFLICT (image, image_index) DO UPDATE SET added_at = excluded.added_at""", image.toString(), digest, now);
    }

    static Optional<KeptIndex> find(Session session, Digest digest) throws SQLException {
        Set<Digest> blobs = new HashSet<>(session.query(
                "SELECT blob FROM index_blobs WHERE image_index = ?",
                row -> Digest.parse(row.text("blob")),
                digest.toString()));
        return session.first(
                "SELECT media_type FROM image_indexes WHERE digest = ?",
                row -> new KeptIndex(digest, new MediaType(row.text("media_type")), blobs),
                digest.toString());
    }

    /// Keeps more with an index by which the image came; when it is gone meanwhile nothing is kept.
    ///
    /// @return whether it is kept
    static boolean keepWith(Session session, ImageId image, Digest index, Set<Digest> blobs) throws SQLException {
        boolean there = session.exists(
                "SELECT 1 FROM image_origins WHERE image = ? AND image_index = ?", image.toString(), index.toString());
        if (there) {
            keep(session, index, blobs);
        }
        return there;
    }

    private static void keep(Session session, Digest index, Set<Digest> blobs) throws SQLException {
        for (Digest blob : blobs) {
            session.execute(
                    "INSERT INTO index_blobs (image_index, blob) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    index.toString(),
                    blob.toString());
        }
    }

    /// Those by which the image came, the last one first, without what is kept of them.
    static List<KeptIndex> of(Session session, ImageId image) throws SQLException {
        return session.query(
                """
                SELECT i.digest, i.media_type FROM image_origins o JOIN image_indexes i ON i.digest = o.image_index
                WHERE o.image = ? ORDER BY o.added_at DESC, i.digest""",
                row -> new KeptIndex(Digest.parse(row.text("digest")), new MediaType(row.text("media_type")), Set.of()),
                image.toString());
    }

    /// The index by which the image came last.
    static Optional<Digest> newestOf(Session session, ImageId image) throws SQLException {
        return session.first(
                "SELECT image_index FROM image_origins WHERE image = ? ORDER BY added_at DESC, image_index LIMIT 1",
                row -> Digest.parse(row.text("image_index")),
                image.toString());
    }

    /// Deletes the rows of indexes through which no image came any more, and tells what was kept for them.
    static List<Digest> deleteUnneeded(Session session) throws SQLException {
        List<Digest> blobs = session.query("""
                DELETE FROM index_blobs WHERE image_index NOT IN (SELECT image_index FROM image_origins)
                RETURNING blob""", row -> Digest.parse(row.text("blob")));
        session.execute("DELETE FROM image_indexes WHERE digest NOT IN (SELECT image_index FROM image_origins)");
        return blobs;
    }
}
