package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.ImageId;
import io.darsena.engine.store.Database;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// The rows of containers that are in the trash. Each method is one transaction: what is in the trash is there from one
/// moment to the next, also for whoever comes after a crash.
final class TrashRows {

    private final Database database;

    TrashRows(Database database) {
        this.database = database;
    }

    record TrashRow(ContainerRecord record, Instant removedAt, OptionalLong bytes) {}

    void put(ContainerId id, Instant at) {
        database.change(session ->
                session.execute("UPDATE containers SET removed_at = ?, trash_bytes = NULL WHERE id = ?", at, id.hex()));
    }

    void measured(ContainerId id, long bytes) {
        database.change(session -> session.execute(
                "UPDATE containers SET trash_bytes = ? WHERE id = ? AND removed_at IS NOT NULL", bytes, id.hex()));
    }

    /// @param name that no container has outside of the trash
    void restore(ContainerId id, String name) {
        database.change(session -> session.execute(
                "UPDATE containers SET removed_at = NULL, trash_bytes = NULL, name = ? WHERE id = ?", name, id.hex()));
    }

    /// The longest there first.
    List<TrashRow> all() {
        return database.read(session -> session.query(
                "SELECT * FROM containers WHERE removed_at IS NOT NULL ORDER BY removed_at",
                row -> new TrashRow(
                        ContainerRows.record(row), row.instant("removed_at"), row.optionalNumber("trash_bytes"))));
    }

    List<String> usersOf(ImageId image) {
        return database.read(session -> session.query(
                "SELECT name FROM containers WHERE image = ? AND removed_at IS NOT NULL ORDER BY name",
                row -> row.text("name"),
                image.toString()));
    }
}
