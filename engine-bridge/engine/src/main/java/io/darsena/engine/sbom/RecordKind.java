package io.darsena.engine.sbom;

/// What files say about packages, in the order in which they are read: what others rest on comes first.
enum RecordKind {
    OS_RELEASE(64 << 10),
    /// What a Debian package says of its licence.
    COPYRIGHT(1 << 20),
    /// All packages of a Debian system.
    DPKG(64 << 20),
    /// One package of an image that was made without dpkg.
    DPKG_PART(1 << 20),
    APK(64 << 20),
    /// In one of the formats of [RpmFormat].
    RPM(512 << 20),
    /// What a connection has written and not yet moved into a database of SQLite.
    RPM_LOG(64 << 20),
    JAVA_ARCHIVE(256 << 20),
    NODE_MODULE(1 << 20),
    PYTHON(4 << 20);

    private final long largest;

    RecordKind(long largest) {
        this.largest = largest;
    }

    /// How many bytes one may have to be read.
    long largest() {
        return largest;
    }
}
