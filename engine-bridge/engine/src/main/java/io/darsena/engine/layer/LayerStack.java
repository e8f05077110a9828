package io.darsena.engine.layer;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.FileTreeBuilder;
import io.darsena.bridge.layer.FileTreeBuilder.Facts;
import io.darsena.bridge.layer.HiddenLater;
import io.darsena.bridge.layer.HiddenSearch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Lays layers on each other from their indexes, the lowest first, as an overlay does. Used by one thread.
final class LayerStack {

    /// As the extractor's.
    private static final int LONGEST_PATH = 16 << 10;

    private static final int MOST_LINKS = 40;
    private static final int LINK_MODE = 0777;
    private static final String HIDING = "wo";
    private static final String BRINGING = "fdlhcbp";
    private static final String LACKING = "s";

    private final FileTreeBuilder tree;
    private final Watcher watcher;
    private final byte[] path = new byte[LONGEST_PATH];
    private final byte[] link = new byte[LONGEST_PATH];

    private final LastWay lastWay = new LastWay(LONGEST_PATH);
    private int layer;

    /// Told of what each layer does, entry by entry.
    interface Watcher extends FileTreeBuilder.Losses {

        @Override
        default void lost(int node, int broughtBy, long bytes, boolean last) {}

        /// It has been hidden.
        ///
        /// @param opaque because its directory is opaque; else a whiteout is its own
        default void hid(int node, boolean opaque) {}

        /// @param size that its entry says of a file; else 0, of one more name of a file too
        default void brought(int node, long size) {}
    }

    /// @param expected about how many entries all layers have
    LayerStack(int expected, Watcher watcher) {
        this.tree = new FileTreeBuilder(expected, watcher);
        this.watcher = watcher;
    }

    FileTreeBuilder tree() {
        return tree;
    }

    /// @param number the lowest is 1
    /// @param last the tree is one of what this layer does
    void add(Path index, int number, boolean last) {
        layer = number;
        lastWay.forget();
        tree.begin(number, last);
        LayerEntries entries = new LayerEntries(index);
        // There is nothing below the lowest layer that it could hide.
        if (tree.limit() > FileTree.ROOT + 1) {
            entries.visit(HIDING, this::hide);
        }
        entries.visit(BRINGING, this::bring);
    }

    /// Adds what a container has written, but for what nobody wrote.
    ///
    /// @return where that lies ([OwnFiles])
    List<FilePath> addOwn(Path index, int number) {
        add(index, number, true);
        return OwnFiles.takeOut(tree);
    }

    /// What of a container's own layer, which has been added, is not in its list.
    Untold untold(Path index) {
        IntStream.Builder places = IntStream.builder();
        lastWay.forget();
        new LayerEntries(index).visit(LACKING, entry -> places.add(nearest(entry.path(path))));
        lastWay.forget();
        return new Untold(places.build());
    }

    /// What lies at a path, or the directory nearest to it.
    private int nearest(int length) {
        lastWay.keepShared(path, length);
        int node = lastWay.depth() > 0 ? lastWay.last() : FileTree.ROOT;
        for (int from = lastWay.depth() > 0 ? lastWay.end() + 1 : 0; from < length; ) {
            int to = slash(path, from, length);
            int next = tree.child(node, path, from, to);
            if (next == FileTree.NONE || !tree.isThere(next)) {
                return node;
            }
            node = next;
            lastWay.add(path, to, node);
            from = to + 1;
        }
        return node;
    }

    /// What of a layer those above it hide. The entries have the numbers that they have in a tree up to that layer.
    ///
    /// @param indexes all of them, the lowest first
    HiddenLater hiddenLater(List<Path> indexes, int hidden) {
        for (int number = 1; number <= hidden; number++) {
            add(indexes.get(number - 1), number, number == hidden);
        }
        HiddenSearch search = new HiddenSearch(tree, hidden);
        for (int number = hidden + 1; number <= indexes.size(); number++) {
            add(indexes.get(number - 1), number, false);
            search.added(number);
        }
        return search.result();
    }

    FileTree build() {
        return tree.build();
    }

    private void hide(LayerEntries entry) {
        int length = entry.path(path);
        int node = known(length);
        if (node == FileTree.NONE) {
            return;
        }
        if (entry.type() == 'w') {
            tree.hide(node);
            watcher.hid(node, false);
        } else {
            tree.hideAllIn(node, hidden -> watcher.hid(hidden, true));
        }
    }

    /// What lies at a path of the layers below, or [FileTree#NONE].
    private int known(int length) {
        int node = FileTree.ROOT;
        for (int from = 0; from < length && node != FileTree.NONE; ) {
            int to = slash(path, from, length);
            node = tree.child(node, path, from, to);
            from = to + 1;
        }
        return node != FileTree.NONE && tree.isThere(node) ? node : FileTree.NONE;
    }

    private static int slash(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '/') {
            at++;
        }
        return at;
    }

    private void bring(LayerEntries entry) {
        int length = entry.path(path);
        int leaf = length;
        while (leaf > 0 && path[leaf - 1] != '/') {
            leaf--;
        }
        int directory = directory(Math.max(0, leaf - 1));
        if (entry.type() == 'd' && entry.has('i')) {
            if (length > 0) {
                tree.imply(directory, path, leaf, length);
            }
            return;
        }
        FileKind kind = kind(entry.type());
        int linkLength = kind == FileKind.FILE || kind == FileKind.DIRECTORY ? 0 : entry.link(link);
        int target = kind == FileKind.HARD_LINK ? target(linkLength) : FileTree.NONE;
        if (target != FileTree.NONE && target == tree.child(directory, path, leaf, length)) {
            // A file that the archive holds twice.
            return;
        }
        Facts facts = facts(entry, kind);
        int node = tree.put(directory, path, leaf, length, kind, facts);
        if (entry.has('e')) {
            tree.asBelow(node);
        }
        tree.link(node, link, 0, linkLength);
        if (target != FileTree.NONE && tree.isThere(target)) {
            tree.likeTarget(node, target);
        }
        watcher.brought(node, facts.size());
        // Numbers of what was entered before may lead elsewhere through a link that is new.
        if (tree.kind(node) == FileKind.SYMBOLIC_LINK) {
            lastWay.forget();
        }
    }

    private static Facts facts(LayerEntries entry, FileKind kind) {
        return new Facts(
                // Of a link Linux keeps none.
                kind == FileKind.SYMBOLIC_LINK ? LINK_MODE : entry.mode(),
                entry.uid(),
                entry.gid(),
                kind == FileKind.FILE ? entry.size() : 0,
                entry.seconds(),
                entry.nanos(),
                entry.has('x'),
                entry.has('s'));
    }

    private static FileKind kind(char type) {
        return switch (type) {
            case 'd' -> FileKind.DIRECTORY;
            case 'l' -> FileKind.SYMBOLIC_LINK;
            case 'h' -> FileKind.HARD_LINK;
            case 'c' -> FileKind.CHARACTER_DEVICE;
            case 'b' -> FileKind.BLOCK_DEVICE;
            case 'p' -> FileKind.NAMED_PIPE;
            default -> FileKind.FILE;
        };
    }

    /// What a hard link of this layer is one more name of, or [FileTree#NONE].
    private int target(int linkLength) {
        int from = 0;
        while (from < linkLength
                && (link[from] == '/' || link[from] == '.' && from + 1 < linkLength && link[from + 1] == '/')) {
            from++;
        }
        int leaf = linkLength;
        while (leaf > from && link[leaf - 1] != '/') {
            leaf--;
        }
        byte[] above = Arrays.copyOfRange(link, from, Math.max(from, leaf - 1));
        int found = tree.child(walk(FileTree.ROOT, above, above.length, 0), link, leaf, linkLength);
        return found != FileTree.NONE && tree.isThere(found) ? found : FileTree.NONE;
    }

    /// The directory that the first bytes of the path name.
    private int directory(int length) {
        lastWay.keepShared(path, length);
        while (lastWay.depth() > 0 && !isDirectory(lastWay.last())) {
            lastWay.dropLast();
        }
        int node = lastWay.depth() > 0 ? lastWay.last() : FileTree.ROOT;
        for (int from = lastWay.depth() > 0 ? lastWay.end() + 1 : 0; from < length; ) {
            int to = slash(path, from, length);
            node = step(node, path, from, to, 0);
            lastWay.add(path, to, node);
            from = to + 1;
        }
        return node;
    }

    private boolean isDirectory(int node) {
        return tree.isThere(node) && tree.kind(node) == FileKind.DIRECTORY;
    }

    /// Directories that are not there are implied. The extractor follows links of the same layer, and has no others.
    private int walk(int start, byte[] bytes, int length, int links) {
        int node = start;
        for (int from = 0; from < length; ) {
            int to = slash(bytes, from, length);
            node = step(node, bytes, from, to, links);
            from = to + 1;
        }
        return node;
    }

    private int step(int directory, byte[] bytes, int from, int to, int links) {
        if (to == from || to == from + 1 && bytes[from] == '.') {
            return directory;
        }
        if (to == from + 2 && bytes[from] == '.' && bytes[from + 1] == '.') {
            return directory == FileTree.ROOT ? directory : tree.parent(directory);
        }
        int node = tree.child(directory, bytes, from, to);
        boolean follows = node != FileTree.NONE
                && tree.isThere(node)
                && tree.kind(node) == FileKind.SYMBOLIC_LINK
                && tree.layerOf(node) == layer
                && links < MOST_LINKS;
        if (!follows) {
            return tree.imply(directory, bytes, from, to);
        }
        byte[] target = tree.link(node);
        boolean absolute = target.length > 0 && target[0] == '/';
        return walk(absolute ? FileTree.ROOT : directory, target, target.length, links + 1);
    }
}
