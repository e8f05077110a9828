package io.darsena.engine.sbom;

import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.sbom.PackageType;
import io.darsena.engine.sbom.Findings.Place;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteOpenMode;

/// Reads the SQLite database of RPM (rpm, `lib/backend/sqlite.c`): a table `Packages` of a number and a header each.
/// The
/// file is a private copy of one that strangers wrote: nothing of its schema is run, and what it may take is bounded.
final class RpmDatabase {

    private static final int NAME = 1000;
    private static final int VERSION = 1001;
    private static final int RELEASE = 1002;
    private static final int EPOCH = 1003;
    private static final int LICENCE = 1014;
    private static final int ARCHITECTURE = 1022;
    private static final int SOURCE_RPM = 1044;
    private static final int DIRECTORY_INDEXES = 1116;
    private static final int BASE_NAMES = 1117;
    private static final int DIRECTORY_NAMES = 1118;

    private static final int LARGEST_HEADER = 32 << 20;
    private static final int FILES_LOOKED_AT = 64;
    private static final int MOST_ROWS = 100_000;
    private static final long MOST_BYTES = 2L << 30;
    private static final int MOST_DIRECTORIES = 4096;

    private final FileTree tree;
    private final Findings findings;
    private final Place place;

    RpmDatabase(FileTree tree, Findings findings, Place place) {
        this.tree = tree;
        this.findings = findings;
        this.place = place;
    }

    /// A header that is broken is remarked on, and the others are read.
    ///
    /// @param copy in a directory of its own
    /// @throws MalformedRecordException when it is no such database
    void read(Path copy) {
        try (Connection connection = connect(copy);
                Statement statement = connection.createStatement()) {
            requireTable(statement);
            try (ResultSet rows = statement.executeQuery("SELECT blob FROM Packages")) {
                int broken = 0;
                long bytes = 0;
                for (int count = 0; rows.next(); count++) {
                    byte[] blob = Objects.requireNonNullElse(rows.getBytes(1), new byte[0]);
                    bytes += blob.length;
                    // The pages of a broken database may lead round in circles.
                    if (count == MOST_ROWS || bytes > MOST_BYTES) {
                        throw new MalformedRecordException(
                                "it has more than " + count + " packages, or too large ones");
                    }
                    broken += read(blob) ? 0 : 1;
                }
                if (broken > 0) {
                    findings.remark(place.path(), broken + " of its packages are broken");
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
        config.setPragma(Pragma.LIMIT_LENGTH, Integer.toString(LARGEST_HEADER));
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

    private boolean read(byte[] blob) {
        try {
            add(new RpmHeader(blob));
            return true;
        } catch (MalformedRecordException broken) {
            return false;
        }
    }

    private void add(RpmHeader header) {
        String name = header.text(NAME);
        // Keys of signers are kept as if they were packages.
        if (name.equals("gpg-pubkey")) {
            return;
        }
        int[] epoch = header.numbers(EPOCH, 1);
        String release = header.text(RELEASE);
        String version = header.text(VERSION) + (release.isEmpty() ? "" : "-" + release);
        findings.add(
                PackageType.RPM,
                "",
                name,
                epoch.length > 0 ? Integer.toUnsignedString(epoch[0]) + ":" + version : version,
                header.text(ARCHITECTURE),
                header.text(SOURCE_RPM),
                header.text(LICENCE),
                new Place(place.path(), "", layer(header)));
    }

    private int layer(RpmHeader header) {
        List<String> names = header.texts(BASE_NAMES, FILES_LOOKED_AT);
        List<String> directories = header.texts(DIRECTORY_NAMES, MOST_DIRECTORIES);
        int[] indexes = header.numbers(DIRECTORY_INDEXES, names.size());
        for (int i = 0; i < indexes.length; i++) {
            if (indexes[i] >= 0 && indexes[i] < directories.size()) {
                int layer = FirstFile.layer(tree, directories.get(indexes[i]), names.get(i));
                if (layer > 0) {
                    return layer;
                }
            }
        }
        return place.layer();
    }
}
