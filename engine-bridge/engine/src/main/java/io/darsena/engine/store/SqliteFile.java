package io.darsena.engine.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/// Opens the file with the settings that Darsena's durability rests on, and sees to SQLite's native library.
final class SqliteFile {

    private static final int BUSY_TIMEOUT_MILLIS = 5_000;
    private static final Object NATIVE = new Object();
    private static final String LIBRARY_PATH = "org.sqlite.lib.path";

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

    /// The driver would unpack its library anew each time. It is kept instead: an engine starts on a full disk too,
    /// so that somebody can free it.
    private static void loadNativeLibrary(Path directory) {
        synchronized (NATIVE) {
            try {
                if (System.getProperty(LIBRARY_PATH) == null) {
                    System.setProperty(LIBRARY_PATH, kept(directory).toString());
                }
                SQLiteJDBCLoader.initialize();
            } catch (Exception e) {
                throw new IllegalStateException("cannot load SQLite's native library from " + directory, e);
            }
        }
    }

    /// The directory of the library: of this version and whole, or written now.
    private static Path kept(Path directory) throws IOException {
        Path kept = directory.resolve(SQLiteJDBCLoader.getVersion());
        String name = LibraryLoaderUtil.getNativeLibName();
        Path library = kept.resolve(name);
        byte[] bytes = packed(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name);
        if (!Files.isRegularFile(library) || !Arrays.equals(Files.readAllBytes(library), bytes)) {
            Files.createDirectories(kept);
            Path fresh = kept.resolve(name + ".new");
            Files.write(fresh, bytes);
            Files.move(fresh, library, StandardCopyOption.ATOMIC_MOVE);
        }
        return kept;
    }

    private static byte[] packed(String resource) throws IOException {
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("the driver has no library for this machine: " + resource);
            }
            return in.readAllBytes();
        }
    }
}
