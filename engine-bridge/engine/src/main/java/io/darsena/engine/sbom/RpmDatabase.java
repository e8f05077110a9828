package io.darsena.engine.sbom;

import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.sbom.PackageType;
import io.darsena.engine.sbom.Findings.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Reads a database of RPM, whatever its format, and tells of the packages that its headers name. The file is a
/// private copy of one that strangers wrote: what it may take is bounded.
final class RpmDatabase {

    /// Bytes.
    static final int LARGEST_HEADER = 32 << 20;

    /// What a format gives for a package whose header cannot be had.
    static final byte[] NO_HEADER = {};

    private static final int MOST_PACKAGES = 100_000;
    private static final long MOST_BYTES = 2L << 30;

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

    private static final int FILES_LOOKED_AT = 64;
    private static final int MOST_DIRECTORIES = 4096;

    private final FileTree tree;
    private final Findings findings;
    private final Place place;
    private int count;
    private int broken;
    private long bytes;

    RpmDatabase(FileTree tree, Findings findings, Place place) {
        this.tree = tree;
        this.findings = findings;
        this.place = place;
    }

    /// A header that is broken is remarked on, and the others are read.
    ///
    /// @param copy in a directory of its own
    /// @throws MalformedRecordException when it is no such database, or not all of it can be read
    void read(RpmFormat format, Path copy) throws IOException {
        format.read(copy, this);
        if (broken > 0) {
            findings.remark(place.path(), broken + " of its packages are broken");
        }
    }

    /// For a format: one package more.
    ///
    /// @throws MalformedRecordException when there are more than are read: SQLite's pages may lead in circles
    void add(byte[] header) {
        requireRoom(count);
        count++;
        bytes += header.length;
        try {
            add(new RpmHeader(header));
        } catch (MalformedRecordException torn) {
            broken++;
        }
    }

    /// @param packages how many there are already
    void requireRoom(int packages) {
        if (packages == MOST_PACKAGES || bytes > MOST_BYTES) {
            throw new MalformedRecordException("it has more than " + packages + " packages, or too large ones");
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
