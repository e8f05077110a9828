package io.darsena.engine.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;

/// Opens the file with the settings that Darsena's durability rests on, and sees to SQLite's native library.
final class SqliteFile {

    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    private static final Object NATIVE = new Object();

    private SqliteFile() {}

    static Connection connect(Path file, Path nativeLibraries) throws SQLException {
        loadNativeLibrary(nativeLibraries);
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    /// WAL and `synchronous=NORMAL`: a commit survives the death of the process at once; a power cut may take
    /// the last commits, never the database.
    static void settle(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = NORMAL");
        }
    }

    static int number(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA " + pragma)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }

    static String text(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA " + pragma)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }

    /// The driver unpacks its library under a new name each time and leaves it behind when the process is
    /// killed, so its directory is emptied first. A library that is mapped already does not mind.
    private static void loadNativeLibrary(Path directory) {
        synchronized (NATIVE) {
            if (System.getProperty("org.sqlite.tmpdir") == null) {
                empty(directory);
                System.setProperty("org.sqlite.tmpdir", directory.toString());
            }
            try {
                SQLiteJDBCLoader.initialize();
            } catch (Exception e) {
                throw new IllegalStateException("cannot load SQLite's native library from " + directory, e);
            }
        }
    }

    private static void empty(Path directory) {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(directory)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot empty " + directory, e);
        }
    }
}
