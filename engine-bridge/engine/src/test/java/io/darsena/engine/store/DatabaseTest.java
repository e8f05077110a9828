package io.darsena.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.FailedException;
import io.darsena.engine.paths.EnginePaths;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

    @TempDir
    Path temporary;

    private EnginePaths paths = EnginePaths.under(Path.of("/nowhere"));

    @BeforeEach
    void prepare() {
        paths = EnginePaths.under(temporary);
        paths.prepare();
    }

    private static void reach(Session session, String name) throws java.sql.SQLException {
        session.execute("INSERT INTO milestones (name, at) VALUES (?, ?)", name, Instant.EPOCH);
    }

    private static List<String> reached(Database database) {
        return database.read(
                session -> session.query("SELECT name FROM milestones ORDER BY name", row -> row.text("name")));
    }

    @Test
    void whatWasWrittenIsThereWhenOpenedAgain() {
        Instant at = Instant.parse("2026-02-03T04:05:06.123456789Z");
        try (Database database = Database.open(paths)) {
            database.change(session -> session.execute("INSERT INTO milestones (name, at) VALUES (?, ?)", "a", at));
        }
        try (Database database = Database.open(paths)) {
            Optional<Instant> found = database.read(session ->
                    session.first("SELECT at FROM milestones WHERE name = ?", row -> row.instant("at"), "a"));
            assertThat(found).contains(at);
        }
    }

    @Test
    void aChangeThatThrowsHasNotHappened() {
        try (Database database = Database.open(paths)) {
            assertThatThrownBy(() -> database.change(session -> {
                        reach(session, "a");
                        throw new IllegalArgumentException("no");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(reached(database)).isEmpty();
        }
    }

    @Test
    void aChangeWithinAChangeIsPartOfIt() {
        try (Database database = Database.open(paths)) {
            database.change(session -> {
                reach(session, "outer");
                database.change(inner -> reach(inner, "inner"));
                assertThat(reached(database)).containsExactly("inner", "outer");
            });
            assertThat(reached(database)).containsExactly("inner", "outer");
        }
    }

    @Test
    void aFailedChangeWithinAChangeUndoesBothThoughItWasCaught() {
        try (Database database = Database.open(paths)) {
            assertThatThrownBy(() -> database.change(session -> {
                        reach(session, "outer");
                        assertThatThrownBy(() -> database.change(inner -> {
                                    reach(inner, "inner");
                                    throw new IllegalArgumentException("no");
                                }))
                                .isInstanceOf(IllegalArgumentException.class);
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(reached(database)).isEmpty();
        }
    }

    @Test
    void readingDoesNotChange() {
        try (Database database = Database.open(paths)) {
            assertThatThrownBy(() -> database.read(session -> {
                        database.change(inner -> reach(inner, "a"));
                        return 0;
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void foreignKeysHold() {
        try (Database database = Database.open(paths)) {
            assertThatThrownBy(() -> database.change(session ->
                            session.execute("INSERT INTO image_names (name, image) VALUES ('a', 'nothing')")))
                    .isInstanceOf(FailedException.class)
                    .hasMessageContaining("FOREIGN KEY");
        }
    }

    @Test
    void aNewerDatabaseIsRefusedAndLeftAsItIs() throws Exception {
        try (Database database = Database.open(paths)) {
            database.change(session -> reach(session, "a"));
        }
        try (var connection = SqliteFile.connect(paths.database(), paths.nativeLibraries());
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 9999");
        }
        assertThatThrownBy(() -> Database.open(paths))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("newer Darsena")
                .hasMessageContaining("9999");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws Exception {
        Files.writeString(paths.database(), "this is no database ".repeat(1000));
        assertThatThrownBy(() -> Database.open(paths)).isInstanceOf(CorruptedException.class);
        assertThat(Files.readString(paths.database())).startsWith("this is no database");
    }

    @Test
    void aDamagedDatabaseIsRefused() throws Exception {
        try (Database database = Database.open(paths)) {
            for (int i = 0; i < 500; i++) {
                String name = "milestone-" + i;
                database.change(session -> reach(session, name));
            }
        }
        try (FileChannel channel = FileChannel.open(paths.database(), StandardOpenOption.WRITE)) {
            ByteBuffer rubbish = ByteBuffer.allocate((int) channel.size() - 4096);
            while (rubbish.hasRemaining()) {
                rubbish.put((byte) 0x5a);
            }
            channel.write(rubbish.flip(), 4096);
        }
        assertThatThrownBy(() -> Database.open(paths))
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void eachStepOfTheSchemaIsTakenOnce() {
        Database.open(paths).close();
        try (Database database = Database.open(paths)) {
            long version = database.read(
                            session -> session.first("PRAGMA user_version", row -> row.number("user_version")))
                    .orElse(-1L);
            assertThat(version).isEqualTo(Schema.VERSIONS.size());
        }
    }

    @Test
    void aStepThatFailsLeavesTheDatabaseAsItWas() throws Exception {
        Database.open(paths).close();
        List<String> steps = new java.util.ArrayList<>(Schema.VERSIONS);
        steps.add("broken-step.sql");
        try (var connection = SqliteFile.connect(paths.database(), paths.nativeLibraries())) {
            assertThatThrownBy(() -> new Schema(steps).bringUpToDate(connection, paths.database()))
                    .isInstanceOf(java.sql.SQLException.class);
            assertThat(SqliteFile.number(connection, "user_version")).isEqualTo(Schema.VERSIONS.size());
            assertThat(SqliteFile.text(connection, "table_list('half_made')")).isEmpty();
        }
    }
}
