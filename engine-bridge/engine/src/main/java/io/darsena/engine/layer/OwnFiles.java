package io.darsena.engine.layer;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.FileTreeBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the runtime makes in a container's own layer where its image has none, so that something can be mounted there
/// (PROTOCOL.md, `bind-target`): empty files and directories, which nobody wrote. Links of the image may lead
/// elsewhere with them, as where `/etc/resolv.conf` is one; directories that were made for their sake are the
/// engine's as well.
final class OwnFiles {

    /// As many as Linux follows in one path (path_resolution(7)).
    private static final int MOST_LINKS = 40;

    private static final List<byte[]> FILES = bytes("etc/hostname", "etc/hosts", "etc/resolv.conf");
    private static final List<byte[]> DIRECTORIES = bytes("dev", "proc", "sys");

    private final FileTreeBuilder tree;
    private final List<FilePath> taken = new ArrayList<>();
    private int links;

    private OwnFiles(FileTreeBuilder tree) {
        this.tree = tree;
    }

    private static List<byte[]> bytes(String... paths) {
        return Arrays.stream(paths)
                .map(path -> path.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    /// Takes them out of a tree whose uppermost layer is a container's own.
    ///
    /// @return where they lie
    static List<FilePath> takeOut(FileTreeBuilder tree) {
        OwnFiles own = new OwnFiles(tree);
        for (byte[] path : FILES) {
            int node = own.find(path);
            if (node != FileTree.NONE && tree.kind(node) == FileKind.FILE && tree.size(node) == 0) {
                own.take(node);
            }
        }
        for (byte[] path : DIRECTORIES) {
            int node = own.find(path);
            if (node != FileTree.NONE && tree.kind(node) == FileKind.DIRECTORY && tree.isEmpty(node)) {
                own.take(node);
            }
        }
        return own.taken;
    }

    /// With the directories above it that hold nothing else.
    private void take(int node) {
        int at = node;
        while (at != FileTree.ROOT && tree.isAdded(at) && (at == node || tree.isEmpty(at))) {
            taken.add(tree.filePath(at));
            tree.takeBack(at);
            at = tree.parent(at);
        }
    }

    private int find(byte[] path) {
        links = MOST_LINKS;
        return find(FileTree.ROOT, path);
    }

    /// Where a path leads from a directory; [FileTree#NONE] where nothing is.
    private int find(int directory, byte[] path) {
        int node = path.length > 0 && path[0] == '/' ? FileTree.ROOT : directory;
        for (int from = 0; from < path.length && node != FileTree.NONE; ) {
            int to = from;
            while (to < path.length && path[to] != '/') {
                to++;
            }
            node = step(node, path, from, to);
            from = to + 1;
        }
        return node;
    }

    private int step(int directory, byte[] path, int from, int to) {
        if (to == from || to == from + 1 && path[from] == '.') {
            return directory;
        }
        if (to == from + 2 && path[from] == '.' && path[from + 1] == '.') {
            return directory == FileTree.ROOT ? directory : tree.parent(directory);
        }
        int node = tree.child(directory, path, from, to);
        if (node == FileTree.NONE || !tree.isThere(node)) {
            return FileTree.NONE;
        }
        if (tree.kind(node) != FileKind.SYMBOLIC_LINK) {
            return node;
        }
        return links-- > 0 ? find(directory, tree.link(node)) : FileTree.NONE;
    }

    /// Whether a path is one of those, or lies in one: something is mounted there in every container.
    static boolean covers(FilePath path) {
        byte[] bytes = path.bytes();
        int length = 0;
        while (length < bytes.length && bytes[length] != '/') {
            length++;
        }
        byte[] first = Arrays.copyOf(bytes, length);
        return DIRECTORIES.stream().anyMatch(each -> Arrays.equals(each, first))
                || FILES.stream().anyMatch(each -> Arrays.equals(each, bytes));
    }
}
