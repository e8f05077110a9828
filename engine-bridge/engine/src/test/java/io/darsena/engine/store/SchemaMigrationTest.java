package io.darsena.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.contract.OtherJvm;
import io.darsena.bridge.error.ConflictException;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Databases as each earlier schema left them, in `golden`: every one is brought up to date with all it holds.
@Timeout(120)
class SchemaMigrationTest {

    private static final int ROWS = 20_000;
    private static final int ROUNDS = 6;

    @TempDir
    Path temporary;

    private EnginePaths paths = EnginePaths.under(Path.of("/nowhere"));

    @BeforeEach
    void prepare() {
        paths = EnginePaths.under(temporary);
        paths.prepare();
    }

    static Stream<Integer> earlier() {
        return IntStream.range(1, Schema.VERSIONS.size()).boxed();
    }

    private void lay(int version) throws SQLException, IOException {
        String name = "golden/v" + version + ".sql";
        try (InputStream in = SchemaMigrationTest.class.getResourceAsStream(name);
                Connection connection = SqliteFile.connect(paths.database(), paths.nativeLibraries());
                Statement statement = connection.createStatement()) {
            assertThat(in)
                    .as("the golden database of every released schema: %s", name)
                    .isNotNull();
            statement.executeUpdate("PRAGMA foreign_keys = OFF");
            statement.executeUpdate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static List<String> texts(Database database, String sql) {
        return database.read(session -> session.query(sql, row -> row.text("text")));
    }

    @ParameterizedTest
    @MethodSource("earlier")
    void aDatabaseOfEachEarlierSchemaKeepsAllItHolds(int version) throws Exception {
        lay(version);
        try (Database database = Database.open(paths)) {
            assertThat(texts(database, "SELECT name || ' ' || substr(image, 8, 4) AS text FROM image_names"))
                    .containsExactly("docker.io/library/kept:1 cccc");
            assertThat(texts(database, "SELECT substr(diff_id, 8, 4) AS text FROM image_layers"))
                    .containsExactly("aaaa");
            assertThat(texts(database, "SELECT name AS text FROM milestones")).containsExactly("starter-imported");
            String all = "SELECT name || ' ' || status || ' ' || run || ' ' || coalesce(exit_code, '-')"
                    + " || ' ' || coalesce(pid, '-') AS text FROM containers WHERE removed_at IS NULL ORDER BY id";
            assertThat(texts(database, all))
                    .isEqualTo(
                            version == 1
                                    ? List.of()
                                    : List.of("web EXITED 0 7 -", "db RUNNING 1 - 4242", "new CREATED 2 - -"));
            assertThat(texts(database, "SELECT substr(digest, 8, 4) AS text FROM image_indexes"))
                    .isEqualTo(version < 3 ? List.of() : List.of("eeee"));
            assertThat(texts(database, "SELECT name || ' ' || substr(image, 8, 4) AS text FROM sync_tags"))
                    .as("what came from a registry before is compared with it from now on")
                    .isEqualTo(version < 5 ? List.of() : List.of("docker.io/library/kept:1 cccc"));
        }
    }

    @ParameterizedTest
    @MethodSource("earlier")
    void whatWasBroughtUpToDateIsAsIfMadeNew(int version) throws Exception {
        lay(version);
        String tables = "SELECT type || ' ' || name || ' ' || coalesce(replace(sql, '\"', ''), '') AS text"
                + " FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY 1";
        List<String> migrated;
        try (Database database = Database.open(paths)) {
            migrated = texts(database, tables);
            List<String> dangling =
                    database.read(session -> session.query("PRAGMA foreign_key_check", row -> row.text("table")));
            assertThat(dangling).isEmpty();
        }
        EnginePaths fresh = EnginePaths.under(temporary.resolve("fresh"));
        fresh.prepare();
        try (Database database = Database.open(fresh)) {
            assertThat(migrated).isEqualTo(texts(database, tables));
        }
    }

    /// Under its old spelling a name would be found no more.
    @Test
    void namesGetTheOneSpellingOfTheirRegistry() throws Exception {
        lay(7);
        try (Connection connection = SqliteFile.connect(paths.database(), paths.nativeLibraries());
                Statement statement = connection.createStatement()) {
            for (String name : List.of(
                    "GHCR.io/team/a:1",
                    "GHCR.io:443/team/b:1",
                    "ghcr.io/team/b:1",
                    "registry-1.docker.io/nginx:1",
                    "Build/c:1",
                    "127.0.0.1:443/d:1",
                    "reg.example:5000/E/e:1")) {
                statement.executeUpdate("INSERT INTO image_names (name, image) SELECT '" + name + "', id FROM images");
                statement.executeUpdate("INSERT INTO sync_tags (name, image, auto_pull, gone, failures) SELECT '" + name
                        + "', id, 0, 0, 0 FROM images");
                statement.executeUpdate("INSERT INTO tag_history (name, digest) VALUES ('" + name + "', 'x')");
            }
        }
        List<String> right = List.of(
                "127.0.0.1:443/d:1",
                "build:443/c:1",
                "docker.io/library/kept:1",
                "docker.io/library/nginx:1",
                "ghcr.io/team/a:1",
                "ghcr.io/team/b:1",
                "reg.example:5000/E/e:1");
        try (Database database = Database.open(paths)) {
            assertThat(texts(database, "SELECT name AS text FROM image_names ORDER BY 1"))
                    .isEqualTo(right);
            assertThat(texts(database, "SELECT name AS text FROM sync_tags ORDER BY 1"))
                    .isEqualTo(right);
            assertThat(texts(database, "SELECT DISTINCT name AS text FROM tag_history ORDER BY 1"))
                    .isEqualTo(right);
        }
    }

    @Test
    void aNewerDatabaseIsNotTouched() throws Exception {
        lay(Schema.VERSIONS.size() - 1);
        try (Connection connection = SqliteFile.connect(paths.database(), paths.nativeLibraries());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = " + (Schema.VERSIONS.size() + 1));
        }
        byte[] before = Files.readAllBytes(paths.database());
        assertThatThrownBy(() -> Database.open(paths))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("a newer Darsena has written it")
                .hasMessageContaining("use that version, or another data directory");
        assertThat(Files.readAllBytes(paths.database())).isEqualTo(before);
    }

    /// A process is killed while it migrates: the next one finds the old schema or the new one, and every row.
    @Test
    void aMigrationThatIsKilledIsWhole() throws Exception {
        lay(3);
        fill();
        Path old = Files.copy(paths.database(), temporary.resolve("old.db"));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Files.copy(old, paths.database(), StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(Path.of(paths.database() + "-wal"));
            Files.deleteIfExists(Path.of(paths.database() + "-shm"));
            List<String> command = OtherJvm.command(MigrationSubject.class);
            command.add(temporary.toString());
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.getInputStream().read()).isEqualTo('>');
            Thread.sleep(random.nextInt(200));
            process.destroyForcibly().waitFor();
            try (Database database = Database.open(paths)) {
                assertThat(texts(database, "SELECT count(*) AS text FROM containers"))
                        .as("seed %d round %d", seed, round)
                        .containsExactly(Integer.toString(ROWS + 3));
            }
        }
    }

    private void fill() throws SQLException {
        try (Connection connection = SqliteFile.connect(paths.database(), paths.nativeLibraries());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                    INSERT INTO containers (id, name, image, created_at, definition, run, status, since, history, steps)
                    SELECT printf('%%064x', i), 'c' || i, (SELECT id FROM images), i, hex(randomblob(300)), 0, 'CREATED',
                      i, '', '' FROM n""".formatted(999 + ROWS));
        }
    }
}
