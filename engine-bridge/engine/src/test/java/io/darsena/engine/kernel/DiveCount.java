package io.darsena.engine.kernel;

import io.darsena.engine.layer.DivePaths;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/// The two numbers of dive, from the tars of an image's layers, as dive's source defines them (filetree/efficiency.go,
/// file_tree.go and file_node.go, of version 0.13): of each layer's own tree the leaves are added up by path, without
/// the mark of a whiteout ([DivePaths]). A whiteout of a directory counts as all that the layers below, laid on each
/// other as dive does it, have there; one of a file counts nothing.
///
/// @param efficiency what is needed of what is paid for; 1 when nothing is
/// @param wasted bytes
record DiveCount(double efficiency, long wasted) {

    private static final String WHITEOUT = ".wh.";
    private static final String PURE_MARK = ".wh..wh.";

    private static final class Node {
        private final TreeMap<String, Node> children = new TreeMap<>();
        private long size;

        /// An entry says so. What is there for the sake of what it holds is none for dive.
        private boolean directory;

        Node copy() {
            Node copy = new Node();
            copy.size = size;
            copy.directory = directory;
            children.forEach((name, child) -> copy.children.put(name, child.copy()));
            return copy;
        }

        long total() {
            return size + children.values().stream().mapToLong(Node::total).sum();
        }

        void put(List<String> names, long size, boolean directory) {
            Node node = this;
            for (String name : names) {
                if (!node.children.containsKey(name) && name.startsWith(PURE_MARK)) {
                    return;
                }
                node = node.children.computeIfAbsent(name, none -> new Node());
            }
            node.size = size;
            node.directory = directory;
        }

        /// Lays another tree on this one: what an opaque directory hides, dive leaves there.
        void stack(Node upper) {
            upper.children.forEach((name, child) -> {
                // What is in it comes before itself, and its names before those behind it.
                if (name.startsWith(WHITEOUT)) {
                    children.remove(name.substring(WHITEOUT.length()));
                    return;
                }
                Node own = children.computeIfAbsent(name, none -> new Node());
                own.stack(child);
                own.size = child.size;
                own.directory = child.directory;
            });
        }
    }

    /// @param layers the lowest first
    static DiveCount of(List<List<TarEntry>> layers) {
        List<Node> trees = layers.stream().map(DiveCount::tree).toList();
        DivePaths paths = new DivePaths();
        // dive begins with a copy of the lowest tree, and lays that one on it again.
        Node stacked = trees.getFirst().copy();
        for (Node tree : trees) {
            visit("", tree, stacked, paths);
            stacked.stack(tree);
        }
        return new DiveCount(paths.efficiency(), paths.wasted());
    }

    private static Node tree(List<TarEntry> entries) {
        Node root = new Node();
        for (TarEntry entry : entries) {
            Deque<String> names = new ArrayDeque<>();
            for (String name : TarEntry.names(entry.name())) {
                if (!name.equals("..")) {
                    names.addLast(name);
                } else if (!names.isEmpty()) {
                    names.removeLast();
                }
            }
            if (!names.isEmpty()) {
                root.put(List.copyOf(names), entry.size(), entry.type() == '5');
            }
        }
        return root;
    }

    private static void visit(String path, Node node, Node stacked, DivePaths paths) {
        node.children.forEach((name, child) -> {
            if (!child.children.isEmpty()) {
                visit(path + "/" + name, child, stacked, paths);
                return;
            }
            boolean whiteout = name.startsWith(WHITEOUT);
            String where = path + "/" + (whiteout ? name.substring(WHITEOUT.length()) : name);
            long size = child.size;
            if (whiteout) {
                Node hidden = find(stacked, where);
                size = hidden.directory ? hidden.total() : 0;
            }
            paths.add(where, size);
        });
    }

    private static Node find(Node root, String path) {
        Node node = root;
        for (String name : TarEntry.names(path)) {
            node = node.children.get(name);
            if (node == null) {
                // dive gives the layer up there, and counts less; no builder writes such a one.
                throw new IllegalArgumentException("a whiteout of what is not there: " + path);
            }
        }
        return node;
    }
}
