package io.darsena.engine.store;

import io.darsena.bridge.error.ConflictException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The tables, as steps from an empty database to the present one. The number of steps taken stands in the file's
/// `user_version`.
///
/// A released step never changes: whoever needs other tables adds a file `V<next>__<what>.sql` beside the others
/// and its name at the end of [#VERSIONS].
final class Schema {

    static final List<String> VERSIONS = List.of(
            "V1__images.sql",
            "V2__containers.sql",
            "V3__image_indexes.sql",
            "V4__trash.sql",
            "V5__image_digests.sql",
            "V6__sync.sql",
            "V7__trust.sql",
            "V8__registry_spelling.sql");

    private final List<String> steps;

    Schema(List<String> steps) {
        this.steps = List.copyOf(steps);
    }

    void bringUpToDate(Connection connection, Path file) throws SQLException {
        int found = SqliteFile.number(connection, "user_version");
        if (found > steps.size()) {
            throw new ConflictException(
                    "open",
                    "database " + file,
                    "a newer Darsena has written it (schema " + found + ", this one knows " + steps.size() + ")",
                    "use that version, or another data directory");
        }
        String health = SqliteFile.text(connection, "quick_check(1)");
        if (!health.equals("ok")) {
            throw StoreFailure.damaged("open", file, health);
        }
        SqliteFile.settle(connection);
        for (int step = found; step < steps.size(); step++) {
            take(connection, step);
        }
    }

    private void take(Connection connection, int step) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("BEGIN IMMEDIATE;\n" + text(steps.get(step)) + "\nPRAGMA user_version = "
                    + (step + 1) + ";\nCOMMIT;");
        } catch (SQLException e) {
            rollBack(connection);
            throw e;
        }
    }

    private static void rollBack(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("ROLLBACK");
        }
    }

    private static String text(String name) {
        try (InputStream stream = Schema.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("schema step is not in the jar: " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
