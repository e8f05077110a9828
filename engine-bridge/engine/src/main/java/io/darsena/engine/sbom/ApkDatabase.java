package io.darsena.engine.sbom;

import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.sbom.PackageType;
import io.darsena.engine.sbom.Findings.Place;
import java.io.IOException;
import java.io.InputStream;

/// Reads the database of apk (apk-v2(5), `installed`): a letter, a colon and a value a line, packages parted by empty
/// lines.
final class ApkDatabase {

    private final FileTree tree;
    private final Findings findings;
    private final Place place;
    private String name = "";
    private String version = "";
    private String architecture = "";
    private String origin = "";
    private String licence = "";
    private String directory = "";
    private int layer;

    ApkDatabase(FileTree tree, Findings findings, Place place) {
        this.tree = tree;
        this.findings = findings;
        this.place = place;
    }

    void read(InputStream in) throws IOException {
        BoundedLines lines = new BoundedLines(in);
        begin();
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isEmpty()) {
                end();
                begin();
            } else if (line.length() > 2 && line.charAt(1) == ':') {
                take(line.charAt(0), line.substring(2));
            }
        }
        end();
    }

    private void begin() {
        name = "";
        version = "";
        architecture = "";
        origin = "";
        licence = "";
        directory = "";
        layer = 0;
    }

    private void take(char field, String value) {
        switch (field) {
            case 'P' -> name = value;
            case 'V' -> version = value;
            case 'A' -> architecture = value;
            case 'o' -> origin = value;
            case 'L' -> licence = value;
            case 'F' -> directory = value;
            case 'R' -> layer = layer == 0 ? FirstFile.layer(tree, directory, value) : layer;
            default -> {}
        }
    }

    private void end() {
        if (!name.isEmpty()) {
            int brought = layer == 0 ? place.layer() : layer;
            findings.add(
                    PackageType.APK,
                    "",
                    name,
                    version,
                    architecture,
                    origin,
                    licence,
                    new Place(place.path(), "", brought));
        }
    }
}
