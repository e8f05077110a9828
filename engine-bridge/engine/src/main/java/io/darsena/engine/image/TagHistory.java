package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.store.Database;
import java.util.List;
import java.util.Optional;

/// For which digests tags have stood at their registries. It outlives the images, so that nobody gets an old
/// one by removing the new one first.
public final class TagHistory {

    private static final int LONGEST = 1_000;

    private final Database database;

    public TagHistory(Database database) {
        this.database = database;
    }

    /// Whether the tag stood for this digest, and then for another.
    public boolean isBehind(ImageReference tag, Digest digest) {
        return database.read(session -> {
            List<String> seen = session.query(
                    "SELECT digest FROM tag_history WHERE name = ? ORDER BY number DESC",
                    row -> row.text("digest"),
                    tag.toString());
            return seen.indexOf(digest.toString()) > 0;
        });
    }

    /// The tag stands for this digest now, and that is as it should be.
    public void accepted(ImageReference tag, Digest digest) {
        database.change(session -> {
            Optional<String> last = session.first(
                    "SELECT digest FROM tag_history WHERE name = ? ORDER BY number DESC LIMIT 1",
                    row -> row.text("digest"),
                    tag.toString());
            if (last.equals(Optional.of(digest.toString()))) {
                return;
            }
            session.execute("INSERT INTO tag_history (name, digest) VALUES (?, ?)", tag.toString(), digest.toString());
            session.execute("""
                    DELETE FROM tag_history WHERE name = ?1 AND number NOT IN
                      (SELECT number FROM tag_history WHERE name = ?1 ORDER BY number DESC LIMIT ?2)""", tag.toString(), LONGEST);
        });
    }

    /// Somebody looked, and nothing came of it: what is behind stays behind.
    public void glimpsed(ImageReference tag, Digest digest) {
        if (!isBehind(tag, digest)) {
            accepted(tag, digest);
        }
    }
}
