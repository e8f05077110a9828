package io.darsena.engine.sbom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/// How RPM may keep its packages, in the order in which rpm 4.16 and later looks for them (rpm, `lib/backend/dbi.c`).
enum RpmFormat {
    /// As of RPM 4.16.
    SQLITE("rpmdb.sqlite", RpmSqlite::read),
    /// SUSE's.
    NDB("Packages.db", RpmNdb::read),
    /// Until RPM 4.15, so of CentOS 7 and RHEL 8.
    BERKELEY_DB("Packages", RpmBerkeley::read);

    private final String fileName;
    private final Reader reader;

    RpmFormat(String fileName, Reader reader) {
        this.fileName = fileName;
        this.reader = reader;
    }

    @FunctionalInterface
    private interface Reader {
        void read(Path copy, RpmDatabase packages) throws IOException;
    }

    String fileName() {
        return fileName;
    }

    /// @throws java.util.NoSuchElementException when none has this name
    static RpmFormat named(String fileName) {
        return Stream.of(values())
                .filter(format -> format.fileName.equals(fileName))
                .findFirst()
                .orElseThrow();
    }

    /// Gives each header to [RpmDatabase#add].
    ///
    /// @throws MalformedRecordException when it is no such database, or not all of it can be read
    void read(Path copy, RpmDatabase packages) throws IOException {
        reader.read(copy, packages);
    }
}
