package io.darsena.engine.sbom;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteOpenMode;

/// Reads the SQLite database of RPM (rpm, `lib/backend/sqlite.c`): a table `Packages` of a number and a header each.
/// Nothing of its schema is run, and what it may take is bounded.
final class RpmSqlite {

    private RpmSqlite() {}

    /// @throws MalformedRecordException when it is no such database
    static void read(Path copy, RpmDatabase packages) {
        try (Connection connection = connect(copy);
                Statement statement = connection.createStatement()) {
            requireTable(statement);
            try (ResultSet rows = statement.executeQuery("SELECT blob FROM Packages")) {
                while (rows.next()) {
                    packages.add(Objects.requireNonNullElse(rows.getBytes(1), RpmDatabase.NO_HEADER));
                }
            }
        } catch (SQLException unreadable) {
            throw new MalformedRecordException("it cannot be read: " + unreadable.getMessage());
        }
    }

    private static Connection connect(Path copy) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setOpenMode(SQLiteOpenMode.READONLY);
        config.setPragma(Pragma.LIMIT_LENGTH, Integer.toString(RpmDatabase.LARGEST_HEADER));
        config.setPragma(Pragma.MMAP_SIZE, "0");
        Connection connection = config.createConnection("jdbc:sqlite:" + copy);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA cell_size_check = ON");
            statement.execute("PRAGMA query_only = ON");
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    /// Not a view, which would run what its maker wrote.
    private static void requireTable(Statement statement) throws SQLException {
        try (ResultSet row =
                statement.executeQuery("SELECT count(*) FROM sqlite_schema WHERE name = 'Packages' AND type = 'table'"
                        + " AND sql LIKE 'CREATE TABLE %' AND sql NOT LIKE '%GENERATED%'")) {
            if (!row.next() || row.getInt(1) != 1) {
                throw new MalformedRecordException("it has no table of packages");
            }
        }
    }
}
