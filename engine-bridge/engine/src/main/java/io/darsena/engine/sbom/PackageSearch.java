package io.darsena.engine.sbom;

import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.engine.layer.ReadableTree;
import io.darsena.engine.sbom.Findings.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Searches one tree of files for packages: its records are found by their names, and all read in one go.
final class PackageSearch {

    private final ReadableTree files;
    private final FileTree tree;
    private final Path scratch;
    private final Findings findings = new Findings();
    private final DpkgStatus dpkg;
    private final JavaArchives archives;

    /// Databases of RPM wait for what was written beside them.
    private final Map<String, Place> databases = new HashMap<>();

    /// @param scratch an empty directory for what cannot be read as it comes
    PackageSearch(ReadableTree files, Path scratch) {
        this.files = files;
        this.tree = files.tree();
        this.scratch = scratch;
        this.dpkg = new DpkgStatus(tree, findings);
        this.archives = new JavaArchives(findings, scratch.resolve("inner.jar"));
    }

    /// @throws IOException when the scratch directory cannot be written
    PackageListing run() throws IOException {
        Map<Integer, RecordKind> records = new PackageRecords(tree, findings).find();
        List<Integer> kept = new ArrayList<>(records.keySet());
        files.read(kept, (node, bytes) -> read(node, records.getOrDefault(node, RecordKind.COPYRIGHT), bytes));
        for (Map.Entry<String, Place> database : databases.entrySet()) {
            Place place = database.getValue();
            Path copy = copyOf(database.getKey(), place);
            remarking(place, () -> new RpmDatabase(tree, findings, place).read(format(place), copy));
        }
        return findings.listing();
    }

    @FunctionalInterface
    private interface Reading {
        void run() throws IOException;
    }

    private void remarking(Place place, Reading reading) throws IOException {
        try {
            reading.run();
        } catch (MalformedRecordException broken) {
            findings.remark(place.path(), String.valueOf(broken.getMessage()));
        }
    }

    private void read(int node, RecordKind kind, InputStream bytes) throws IOException {
        Place place = new Place(tree.filePath(node), "", tree.layerOf(node));
        remarking(place, () -> read(node, kind, place, bytes));
    }

    private void read(int node, RecordKind kind, Place place, InputStream bytes) throws IOException {
        switch (kind) {
            case OS_RELEASE -> findings.system(OsRelease.read(bytes));
            case COPYRIGHT -> dpkg.readCopyright(tree.name(tree.parent(node)), bytes);
            case DPKG, DPKG_PART -> dpkg.read(bytes, place);
            case APK -> new ApkDatabase(tree, findings, place).read(bytes);
            case RPM -> {
                String directory = Integer.toString(tree.parent(node));
                Files.createDirectories(scratch.resolve(directory));
                Files.copy(bytes, copyOf(directory, place));
                databases.put(directory, place);
            }
            case RPM_LOG -> {
                String directory = Integer.toString(tree.parent(node));
                if (databases.containsKey(directory)) {
                    Files.copy(bytes, copyOf(directory, place));
                }
            }
            case JAVA_ARCHIVE -> {
                Path copy = scratch.resolve("archive.jar");
                try {
                    Files.copy(bytes, copy);
                    archives.read(copy, place);
                } finally {
                    Files.deleteIfExists(copy);
                }
            }
            case NODE_MODULE -> NodeModule.read(bytes, findings, place);
            case PYTHON -> PythonMetadata.read(bytes, findings, place);
        }
    }

    private static RpmFormat format(Place database) {
        return RpmFormat.named(database.path().name().toString());
    }

    /// @param directory the number of the one that it was in
    private Path copyOf(String directory, Place place) {
        return scratch.resolve(directory).resolve(place.path().name().toString());
    }
}
