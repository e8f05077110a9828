package io.darsena.bridge.layer;

import io.darsena.bridge.layer.FileTreeBuilder.Facts;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Trees of files from a few words.
final class StackedTree {

    private StackedTree() {}

    /// @param text what a symbolic link says, or of what a hard link is one more name, which is made where that is a
    /// file of the same layer; of others nothing
    /// @param attributes it has extended ones
    record Entry(
            FileKind kind, String path, int mode, long uid, long size, long time, String text, boolean attributes) {

        Entry(FileKind kind, String path, int mode, long uid, long size, long time, String text) {
            this(kind, path, mode, uid, size, time, text, false);
        }

        static Entry directory(String path) {
            return new Entry(FileKind.DIRECTORY, path, 0755, 0, 0, 0, "");
        }

        static Entry file(String path, long size, long time) {
            return new Entry(FileKind.FILE, path, 0644, 0, size, time, "");
        }

        static Entry link(String path, String text) {
            return new Entry(FileKind.SYMBOLIC_LINK, path, 0777, 0, 0, 0, text);
        }

        static Entry hardLink(String path, String target) {
            return new Entry(FileKind.HARD_LINK, path, 0644, 0, 0, 0, target);
        }

        Entry withMode(int other) {
            return new Entry(kind, path, other, uid, size, time, text);
        }

        Entry withAttributes() {
            return new Entry(kind, path, mode, uid, size, time, text, true);
        }

        Entry withUid(long other) {
            return new Entry(kind, path, mode, other, size, time, text);
        }
    }

    /// @param layers lowest first
    static FileTree of(List<List<Entry>> layers) {
        FileTreeBuilder tree = new FileTreeBuilder(16);
        for (int number = 1; number <= layers.size(); number++) {
            tree.begin(number, number == layers.size());
            int layer = number;
            layers.get(number - 1).forEach(entry -> bring(tree, entry, layer));
        }
        return tree.build();
    }

    static FileTree of(Entry... entries) {
        return of(List.of(List.of(entries)));
    }

    private static void bring(FileTreeBuilder tree, Entry entry, int layer) {
        int target = entry.kind() == FileKind.HARD_LINK ? file(tree, entry, layer) : FileTree.NONE;
        if (target == FileTree.NONE && entry.kind() == FileKind.HARD_LINK) {
            return;
        }
        int directory = FileTree.ROOT;
        String[] parts = entry.path().split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            byte[] name = parts[i].getBytes(StandardCharsets.UTF_8);
            directory = tree.imply(directory, name, 0, name.length);
        }
        byte[] name = parts[parts.length - 1].getBytes(StandardCharsets.UTF_8);
        int node = tree.put(
                directory,
                name,
                0,
                name.length,
                entry.kind(),
                new Facts(entry.mode(), entry.uid(), 0, entry.size(), entry.time(), 0, entry.attributes(), false));
        byte[] text = entry.text().getBytes(StandardCharsets.UTF_8);
        tree.link(node, text, 0, text.length);
        if (target != FileTree.NONE) {
            tree.likeTarget(node, target);
        }
    }

    /// What a hard link is one more name of, if it can be that.
    private static int file(FileTreeBuilder tree, Entry entry, int layer) {
        // A file has nothing in it, and a directory that becomes one more name of what is in it has lost that.
        String path = entry.path() + "/";
        String target = entry.text() + "/";
        if (path.startsWith(target) || target.startsWith(path)) {
            return FileTree.NONE;
        }
        int node = FileTree.ROOT;
        for (String part : entry.text().split("/")) {
            byte[] name = part.getBytes(StandardCharsets.UTF_8);
            node = node == FileTree.NONE ? node : tree.child(node, name, 0, name.length);
        }
        boolean fits =
                node != FileTree.NONE && tree.isThere(node) && tree.kind(node).isFile() && tree.layerOf(node) == layer;
        return fits ? node : FileTree.NONE;
    }
}
