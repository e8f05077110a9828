package io.darsena.engine.sbom;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.sbom.PackageType;
import io.darsena.engine.sbom.Findings.Place;
import io.darsena.engine.sbom.Paragraphs.Paragraph;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Reads what dpkg knows: its database (dpkg-query(1)), or the single packages of an image that was made without it.
final class DpkgStatus {

    private static final Set<String> FIELDS = Set.of("package", "status", "version", "architecture", "source");
    private static final Set<String> LICENCE = Set.of("format", "license");

    /// Of these nothing is there but perhaps its configuration.
    private static final Set<String> GONE = Set.of("not-installed", "config-files");

    private final FileTree tree;
    private final Findings findings;
    private final Map<String, String> licences = new HashMap<>();

    DpkgStatus(FileTree tree, Findings findings) {
        this.tree = tree;
        this.findings = findings;
    }

    /// The licences of a package, where its `copyright` tells them in a form for machines (DEP-5).
    void readCopyright(String name, InputStream in) throws IOException {
        Paragraphs paragraphs = new Paragraphs(in, LICENCE);
        Paragraph paragraph = paragraphs.next();
        if (paragraph == null || !paragraph.value("format").contains("copyright-format")) {
            return;
        }
        DebianLicence licence = new DebianLicence();
        for (; paragraph != null; paragraph = paragraphs.next()) {
            licence.and(paragraph.value("license"));
        }
        licences.put(name, licence.text());
    }

    void read(InputStream in, Place place) throws IOException {
        Paragraphs paragraphs = new Paragraphs(in, FIELDS);
        for (Paragraph paragraph = paragraphs.next(); paragraph != null; paragraph = paragraphs.next()) {
            String name = paragraph.value("package");
            String status = paragraph.value("status");
            String state = status.substring(status.lastIndexOf(' ') + 1);
            if (!name.isEmpty() && !GONE.contains(state)) {
                add(paragraph, name, place);
            }
        }
    }

    private void add(Paragraph paragraph, String name, Place place) {
        String architecture = paragraph.value("architecture");
        String source = paragraph.value("source");
        findings.add(
                PackageType.DEB,
                "",
                name,
                paragraph.value("version"),
                architecture,
                source.isEmpty() ? name : source,
                licence(name),
                new Place(place.path(), "", layer(name, architecture, place.layer())));
    }

    /// A package's documents may be a link to those of another one.
    private String licence(String name) {
        if (!licences.containsKey(name) && isFileName(name)) {
            int documents = tree.find("usr/share/doc/" + name);
            if (documents != FileTree.NONE && tree.kind(documents) == FileKind.SYMBOLIC_LINK) {
                return licences.getOrDefault(tree.link(documents), "");
            }
        }
        return licences.getOrDefault(name, "");
    }

    private static boolean isFileName(String name) {
        return name.indexOf('/') < 0 && name.indexOf('\0') < 0 && !name.startsWith(".");
    }

    /// Every layer that changes one package writes the status of all. The list of a package's files is written when it
    /// is unpacked, and then no more.
    private int layer(String name, String architecture, int otherwise) {
        if (!isFileName(name + ":" + architecture)) {
            return otherwise;
        }
        for (String file : new String[] {name, name + ":" + architecture}) {
            int list = tree.find("var/lib/dpkg/info/" + file + ".list");
            if (list != FileTree.NONE && tree.isThere(list)) {
                return tree.layerOf(list);
            }
        }
        return otherwise;
    }
}
