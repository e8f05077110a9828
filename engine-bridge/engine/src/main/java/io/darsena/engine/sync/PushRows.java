package io.darsena.engine.sync;

import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The rows of pushes that wait.
final class PushRows {

    private static final String ALL =
            "SELECT name, queued_at, refused, tried_at, failures, trouble, not_before FROM sync_pushes";

    private final Database database;

    PushRows(Database database) {
        this.database = database;
    }

    /// @param refused not tried again by itself
    record PushRow(ImageReference name, Instant queuedAt, boolean refused, Tries tries) {}

    /// In the order in which they were queued.
    List<PushRow> all() {
        return database.read(session -> session.query(
                ALL + " ORDER BY queued_at, name",
                row -> new PushRow(
                        ImageReference.parse(row.text("name")),
                        row.instant("queued_at"),
                        row.flag("refused"),
                        TagRows.tries(row))));
    }

    Optional<PushRow> find(ImageReference name) {
        return all().stream().filter(row -> row.name().equals(name)).findFirst();
    }

    /// One that is there keeps its place and begins anew.
    void queue(ImageReference name, Instant now) {
        database.write(session -> session.execute("""
                INSERT INTO sync_pushes (name, queued_at, refused, failures) VALUES (?, ?, 0, 0)
                ON CONFLICT (name) DO UPDATE SET refused = 0, failures = 0, tried_at = NULL, trouble = NULL,
                  not_before = NULL""", name.toString(), now));
    }

    /// Does nothing when it was cancelled meanwhile.
    void failed(ImageReference name, boolean refused, Tries tries) {
        database.write(session -> session.execute(
                """
                UPDATE sync_pushes SET refused = ?, failures = ?, tried_at = ?, trouble = ?, not_before = ?
                WHERE name = ?""", refused, tries.failures(), tries.last(), tries.trouble(), tries.notBefore(), name.toString()));
    }

    /// @return whether it was there
    boolean delete(ImageReference name) {
        return database.write(
                session -> session.execute("DELETE FROM sync_pushes WHERE name = ?", name.toString()) > 0);
    }
}
