package io.darsena.bridge.layer;

import io.darsena.bridge.layer.FileTreeBuilder.Facts;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Trees of files from a few words.
final class StackedTree {

    private StackedTree() {}

    /// @param text what a symbolic link says; of others nothing
    record Entry(FileKind kind, String path, int mode, long uid, long size, long time, String text) {

        static Entry directory(String path) {
            return new Entry(FileKind.DIRECTORY, path, 0755, 0, 0, 0, "");
        }

        static Entry file(String path, long size, long time) {
            return new Entry(FileKind.FILE, path, 0644, 0, size, time, "");
        }

        static Entry link(String path, String text) {
            return new Entry(FileKind.SYMBOLIC_LINK, path, 0777, 0, 0, 0, text);
        }

        Entry withMode(int other) {
            return new Entry(kind, path, other, uid, size, time, text);
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
            layers.get(number - 1).forEach(entry -> bring(tree, entry));
        }
        return tree.build();
    }

    static FileTree of(Entry... entries) {
        return of(List.of(List.of(entries)));
    }

    private static void bring(FileTreeBuilder tree, Entry entry) {
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
                new Facts(entry.mode(), entry.uid(), 0, entry.size(), entry.time(), 0, false, false));
        byte[] text = entry.text().getBytes(StandardCharsets.UTF_8);
        tree.link(node, text, 0, text.length);
    }
}
