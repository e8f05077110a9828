package io.darsena.engine.sbom;

import io.darsena.bridge.layer.FileTree;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The files of a tree that say something about packages, found by their names alone. A tree of a million files is gone
/// through once; a path is only made of what has the right name.
final class PackageRecords {

    private static final int MOST = 200_000;
    private static final long MOST_BYTES = 8L << 30;

    private static final byte[] NODE_MODULE = bytes("package.json");
    private static final byte[] DISTRIBUTION = bytes("METADATA");
    private static final byte[] EGG = bytes("PKG-INFO");
    private static final byte[] EGG_INFO = bytes(".egg-info");
    private static final List<byte[]> ARCHIVES = List.of(bytes(".jar"), bytes(".war"), bytes(".ear"));

    /// Databases that nothing here reads: where they lie, and whose they are.
    private static final Map<String, String> OTHERS = Map.of(
            "var/lib/pacman/local", "pacman",
            "var/db/pkg", "Portage",
            "var/db/xbps", "XBPS",
            "nix/var/nix/db/db.sqlite", "Nix",
            "usr/lib/opkg/status", "opkg",
            "var/lib/opkg/status", "opkg");

    private final FileTree tree;
    private final Findings findings;
    private final Map<RecordKind, Map<Integer, RecordKind>> found = new EnumMap<>(RecordKind.class);
    private int count;
    private long bytes;
    private boolean full;

    PackageRecords(FileTree tree, Findings findings) {
        this.tree = tree;
        this.findings = findings;
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    /// What each file is, in the order of [RecordKind].
    Map<Integer, RecordKind> find() {
        first(RecordKind.OS_RELEASE, "usr/lib/os-release", "etc/os-release");
        each(RecordKind.DPKG, "var/lib/dpkg/status");
        inside("var/lib/dpkg/status.d");
        each(RecordKind.APK, "lib/apk/db/installed", "usr/lib/apk/db/installed");
        for (String directory : List.of("var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm")) {
            databases(directory);
        }
        OTHERS.keySet().stream().sorted().forEach(this::unreadOfOthers);
        if (found.containsKey(RecordKind.DPKG) || found.containsKey(RecordKind.DPKG_PART)) {
            copyrights();
        }
        walk();
        Map<Integer, RecordKind> all = new LinkedHashMap<>();
        found.values().forEach(all::putAll);
        return all;
    }

    private boolean isFile(int node) {
        return node != FileTree.NONE && tree.isThere(node) && tree.kind(node).isFile();
    }

    private void each(RecordKind kind, String... paths) {
        for (String path : paths) {
            int node = tree.find(path);
            if (isFile(node)) {
                add(kind, node);
            }
        }
    }

    private void first(RecordKind kind, String... paths) {
        for (String path : paths) {
            if (!found.containsKey(kind)) {
                each(kind, path);
            }
        }
    }

    /// Of one directory rpm uses one database. Here it is the one that the newest layer has written, of several of
    /// one layer the one that rpm looks for first.
    private void databases(String directory) {
        List<Integer> there = Stream.of(RpmFormat.values())
                .map(format -> tree.find(directory + "/" + format.fileName()))
                .filter(this::isFile)
                .toList();
        int used = there.stream().reduce(FileTree.NONE, this::newer);
        for (int node : there) {
            if (node == used) {
                add(RecordKind.RPM, node);
            } else {
                findings.remark(
                        tree.filePath(node), "it is not read: rpm uses %s beside it".formatted(tree.name(used)));
            }
        }
        if (used != FileTree.NONE && RpmFormat.named(tree.name(used)) == RpmFormat.SQLITE) {
            each(RecordKind.RPM_LOG, directory + "/" + RpmFormat.SQLITE.fileName() + "-wal");
        }
    }

    private int newer(int one, int other) {
        return one == FileTree.NONE || tree.layerOf(other) > tree.layerOf(one) ? other : one;
    }

    private void unreadOfOthers(String path) {
        int node = tree.find(path);
        if (isFile(node) || node != FileTree.NONE && tree.isThere(node) && tree.files(node) > 0) {
            findings.remark(
                    tree.filePath(node),
                    "databases of %s are not read, so its packages are missing".formatted(OTHERS.get(path)));
        }
    }

    private void inside(String path) {
        int directory = tree.find(path);
        if (directory == FileTree.NONE) {
            return;
        }
        for (int node : tree.children(directory)) {
            // Beside each lies a list of checksums.
            if (isFile(node) && !tree.name(node).endsWith(".md5sums")) {
                add(RecordKind.DPKG_PART, node);
            }
        }
    }

    private void copyrights() {
        int directory = tree.find("usr/share/doc");
        if (directory == FileTree.NONE) {
            return;
        }
        for (int node : tree.children(directory)) {
            int copyright = tree.isThere(node) ? tree.find(tree.path(node) + "/copyright") : FileTree.NONE;
            if (isFile(copyright)) {
                add(RecordKind.COPYRIGHT, copyright);
            }
        }
    }

    private void walk() {
        for (int node = FileTree.ROOT + 1; node < tree.limit() && !full; node++) {
            if (!isFile(node)) {
                continue;
            }
            byte[] name = tree.rawName(node);
            if (isArchive(name)) {
                add(RecordKind.JAVA_ARCHIVE, node);
            } else if (Arrays.equals(name, NODE_MODULE) && isModule(node)
                    || Arrays.equals(name, DISTRIBUTION) && parentEndsWith(node, ".dist-info")
                    || Arrays.equals(name, EGG) && parentEndsWith(node, ".egg-info")
                    || endsWith(name, EGG_INFO) && parentEndsWith(node, "-packages")) {
                add(Arrays.equals(name, NODE_MODULE) ? RecordKind.NODE_MODULE : RecordKind.PYTHON, node);
            }
        }
    }

    private static boolean isArchive(byte[] name) {
        for (byte[] end : ARCHIVES) {
            if (endsWith(name, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(byte[] name, byte[] end) {
        int from = name.length - end.length;
        return from > 0 && Arrays.equals(name, from, name.length, end, 0, end.length);
    }

    private boolean parentEndsWith(int node, String end) {
        return tree.name(tree.parent(node)).endsWith(end);
    }

    /// `node_modules/NAME/package.json` or `node_modules/@SCOPE/NAME/package.json`: what lies deeper is a module's
    /// own affair, a test or an example.
    private boolean isModule(int node) {
        int above = parent(parent(node));
        if (above != FileTree.NONE && tree.name(above).startsWith("@")) {
            above = parent(above);
        }
        return above != FileTree.NONE && tree.name(above).equals("node_modules");
    }

    private int parent(int node) {
        return node == FileTree.NONE ? node : tree.parent(node);
    }

    private void add(RecordKind kind, int node) {
        long size = tree.size(node);
        if (size > kind.largest()) {
            findings.remark(
                    tree.filePath(node),
                    "it is not read: it has " + size + " bytes, and the most is " + kind.largest());
            return;
        }
        if (count == MOST || bytes + size > MOST_BYTES) {
            if (!full) {
                findings.remark(
                        tree.filePath(node),
                        "it and what comes after it is not read: there are more than " + count
                                + " records of packages, or of more than " + bytes + " bytes");
            }
            full = true;
            return;
        }
        count++;
        bytes += size;
        found.computeIfAbsent(kind, none -> new LinkedHashMap<>()).put(node, kind);
    }
}
