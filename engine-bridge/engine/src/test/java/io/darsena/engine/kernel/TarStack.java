package io.darsena.engine.kernel;

import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What layers make of each other, worked out from their tars alone and by what the specification says: each is
/// unpacked
/// for itself (OCI image-spec, layer), and then laid on those below as the kernel lays directories (overlayfs). The
/// engine does it in one pass over indexes that its extractor wrote, and shares no line with this.
final class TarStack {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String OF_AUFS = ".wh..wh.";
    private static final int LINK_MODE = 0777;
    private static final int IMPLIED_MODE = 0755;
    private static final int MOST_LINKS = 40;

    private final Node view = new Node(Facts.implied(0));
    private final Map<String, FileChange> changes = new HashMap<>();

    /// What is left to do further down: directories may lie deeper in each other than calls can.
    private final Deque<Runnable> further = new ArrayDeque<>();

    private int layers;

    /// What a file is, whatever it is called. Two of one content are two.
    private static final class Facts {
        private final FileKind kind;
        private final int mode;
        private final long uid;
        private final long gid;
        private final long size;
        private final Instant time;
        private final String link;
        private final boolean attributes;
        private final boolean implied;
        private final int layer;

        private Facts(FileKind kind, int mode, TarEntry entry, boolean implied, int layer) {
            this.kind = kind;
            this.mode = mode;
            this.uid = entry.uid();
            this.gid = entry.gid();
            this.size = kind == FileKind.FILE ? entry.size() : 0;
            this.time = entry.time();
            this.link = entry.link();
            this.attributes = entry.attributes();
            this.implied = implied;
            this.layer = layer;
        }

        static Facts implied(int layer) {
            TarEntry none = new TarEntry("", '5', IMPLIED_MODE, 0, 0, 0, Instant.EPOCH, "", false);
            return new Facts(FileKind.DIRECTORY, IMPLIED_MODE, none, true, layer);
        }

        static Facts of(TarEntry entry, int layer) {
            FileKind kind = switch (entry.type()) {
                case '0' -> FileKind.FILE;
                case '2' -> FileKind.SYMBOLIC_LINK;
                case '3' -> FileKind.CHARACTER_DEVICE;
                case '4' -> FileKind.BLOCK_DEVICE;
                case '5' -> FileKind.DIRECTORY;
                case '6' -> FileKind.NAMED_PIPE;
                default -> throw new IllegalArgumentException("a file of type " + entry.type());
            };
            int mode = kind == FileKind.SYMBOLIC_LINK ? LINK_MODE : entry.mode();
            return new Facts(kind, mode, entry, false, layer);
        }

        boolean looksLike(Facts other) {
            return mode == other.mode && uid == other.uid && gid == other.gid;
        }
    }

    /// A name, and of a directory what is in it and what it hides.
    private static final class Node {
        private Facts facts;
        private final TreeMap<String, Node> children = new TreeMap<>();
        private final Set<String> whiteouts = new HashSet<>();
        private boolean opaque;

        Node(Facts facts) {
            this.facts = facts;
        }

        boolean isDirectory() {
            return facts.kind == FileKind.DIRECTORY;
        }
    }

    /// Lays one more layer on top.
    void add(List<TarEntry> entries) {
        layers++;
        changes.clear();
        lay("", view, unpacked(entries));
        goFurther();
    }

    private void goFurther() {
        while (!further.isEmpty()) {
            further.pop().run();
        }
    }

    private Node unpacked(List<TarEntry> entries) {
        Node root = new Node(Facts.implied(layers));
        for (TarEntry entry : entries) {
            List<String> names = TarEntry.names(entry.name());
            if (names.isEmpty()) {
                root.facts = Facts.of(entry, layers);
                continue;
            }
            Node directory = directory(root, names.subList(0, names.size() - 1));
            String name = names.getLast();
            if (name.equals(OPAQUE)) {
                directory.opaque = true;
            } else if (name.startsWith(WHITEOUT)) {
                if (!name.startsWith(OF_AUFS)) {
                    directory.whiteouts.add(name.substring(WHITEOUT.length()));
                }
            } else {
                bring(root, directory, name, entry);
            }
        }
        return root;
    }

    private void bring(Node root, Node directory, String name, TarEntry entry) {
        if (entry.type() == '1') {
            List<String> target = TarEntry.names(entry.link());
            Node above = directory(root, target.subList(0, target.size() - 1));
            Node found = above.children.get(target.getLast());
            if (found == null) {
                throw new IllegalArgumentException(
                        "a hard link to what the layer has not: " + entry.name() + " to " + entry.link());
            }
            directory.children.put(name, new Node(found.facts));
            return;
        }
        Node there = directory.children.get(name);
        Facts facts = Facts.of(entry, layers);
        if (there != null && there.isDirectory() && facts.kind == FileKind.DIRECTORY) {
            there.facts = facts;
        } else {
            directory.children.put(name, new Node(facts));
        }
    }

    /// Follows links of the layer itself, and makes what is missing.
    private Node directory(Node root, List<String> names) {
        Deque<Node> way = new ArrayDeque<>(List.of(root));
        Deque<String> left = new ArrayDeque<>(names);
        for (int links = 0; !left.isEmpty(); ) {
            String name = left.pop();
            if (name.equals("..")) {
                if (way.size() > 1) {
                    way.pop();
                }
                continue;
            }
            Node next = way.element().children.computeIfAbsent(name, none -> new Node(Facts.implied(layers)));
            if (next.isDirectory()) {
                way.push(next);
            } else if (next.facts.kind == FileKind.SYMBOLIC_LINK && links++ < MOST_LINKS) {
                if (next.facts.link.startsWith("/")) {
                    way.clear();
                    way.push(root);
                }
                List<String> rest = new ArrayList<>(left);
                left = new ArrayDeque<>(TarEntry.names(next.facts.link));
                left.addAll(rest);
            } else {
                throw new IllegalArgumentException("something lies in what is no directory: " + names);
            }
        }
        return way.element();
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    private void lay(String path, Node below, Node above) {
        Map<String, Node> hidden = new TreeMap<>();
        for (String name : above.opaque ? Set.copyOf(below.children.keySet()) : above.whiteouts) {
            Node gone = below.children.remove(name);
            if (gone != null) {
                hidden.put(name, gone);
            }
        }
        above.children.forEach((name, brought) -> {
            String where = join(path, name);
            Node there = below.children.get(name);
            if (there != null && there.isDirectory() && brought.isDirectory()) {
                if (!brought.facts.implied) {
                    if (!there.facts.looksLike(brought.facts)) {
                        changes.put(where, FileChange.CHANGED);
                    }
                    there.facts = brought.facts;
                }
                further.push(() -> lay(where, there, brought));
            } else {
                Node before = hidden.remove(name);
                below.children.put(name, fresh(where, before, there != null, brought));
            }
        });
        hidden.forEach((name, gone) -> remove(join(path, name), gone));
    }

    /// What the layer brings whole.
    ///
    /// @param hidden what the layer has hidden there
    /// @param replaces it stands in the place of something else
    private Node fresh(String path, @Nullable Node hidden, boolean replaces, Node brought) {
        Node node = new Node(brought.facts);
        changes.put(path, hidden != null || replaces ? FileChange.CHANGED : FileChange.ADDED);
        Map<String, Node> lost = hidden == null ? Map.of() : hidden.children;
        further.push(() -> {
            brought.children.forEach(
                    (name, child) -> node.children.put(name, fresh(join(path, name), lost.get(name), false, child)));
            if (brought.isDirectory()) {
                lost.forEach((name, child) -> {
                    if (!brought.children.containsKey(name)) {
                        remove(join(path, name), child);
                    }
                });
            }
        });
        return node;
    }

    private void remove(String path, Node gone) {
        changes.put(path, FileChange.REMOVED);
        gone.children.forEach((name, child) -> further.push(() -> remove(join(path, name), child)));
    }

    /// What the uppermost layer does, entry by entry.
    Collection<FileChange> changes() {
        return List.copyOf(changes.values());
    }

    /// A line of each entry that is there or that the uppermost layer has removed, by its path.
    SortedMap<String, String> lines() {
        SortedMap<String, String> lines = new TreeMap<>();
        MergedFiles.Names<Facts> names = new MergedFiles.Names<>();
        list("", view, lines, names);
        goFurther();
        names.mark(lines);
        changes.forEach((path, change) -> {
            if (change == FileChange.REMOVED) {
                lines.put(path, change.toString());
            }
        });
        return lines;
    }

    private void list(String path, Node directory, Map<String, String> lines, MergedFiles.Names<Facts> names) {
        directory.children.forEach((name, child) -> {
            String where = join(path, name);
            Facts facts = child.facts;
            if (facts.kind == FileKind.FILE) {
                names.add(facts, where);
            }
            lines.put(
                    where,
                    line(
                            changes.getOrDefault(where, FileChange.NONE),
                            facts.layer,
                            MergedFiles.word(facts.kind),
                            facts.mode,
                            facts.uid,
                            facts.gid,
                            facts.size,
                            facts.time,
                            facts.attributes,
                            facts.kind == FileKind.SYMBOLIC_LINK ? facts.link : ""));
            further.push(() -> list(where, child, lines, names));
        });
    }

    /// As [#lines], of what the engine says.
    static SortedMap<String, String> lines(FileTree tree) {
        SortedMap<String, String> lines = new TreeMap<>();
        MergedFiles.Names<String> names = new MergedFiles.Names<>();
        Deque<Integer> left = new ArrayDeque<>(List.of(FileTree.ROOT));
        while (!left.isEmpty()) {
            for (int node : tree.children(left.pop())) {
                left.push(node);
                String path = MergedFiles.text(tree.filePath(node).bytes());
                FileKind kind = tree.kind(node);
                if (tree.change(node) == FileChange.REMOVED) {
                    lines.put(path, FileChange.REMOVED.toString());
                    continue;
                }
                if (kind.isFile()) {
                    names.add(kind == FileKind.FILE ? path : MergedFiles.text(tree.rawLink(node)), path);
                }
                lines.put(
                        path,
                        line(
                                tree.change(node),
                                tree.layerOf(node),
                                MergedFiles.word(kind),
                                tree.mode(node),
                                tree.uid(node),
                                tree.gid(node),
                                tree.size(node),
                                tree.modifiedAt(node),
                                tree.hasAttributes(node),
                                kind == FileKind.SYMBOLIC_LINK ? MergedFiles.text(tree.rawLink(node)) : ""));
            }
        }
        names.mark(lines);
        return lines;
    }

    private static String line(
            FileChange change,
            int layer,
            String kind,
            int mode,
            long uid,
            long gid,
            long size,
            Instant time,
            boolean attributes,
            String link) {
        return "%s by layer %d: %s %o %d:%d %d %s%s%s"
                .formatted(
                        change,
                        layer,
                        kind,
                        mode,
                        uid,
                        gid,
                        size,
                        time,
                        attributes ? " with attributes" : "",
                        link.isEmpty() ? "" : " -> " + link);
    }
}
