package io.darsena.engine.layer;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.PackageCache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// Finds the files of a source that could have the same content because they have the same size: of those that a
/// container sees, and of those that a layer brings again. How many bytes they are is bounded; what could waste most
/// comes first. Used by one thread.
final class SameSizes implements LayerStack.Watcher {

    /// A smaller file costs little more than its name.
    private static final long SMALLEST = 4096;

    private static final long MOST_BYTES = 2L << 30;
    private static final int MOST_FILES = 100_000;

    /// The largest of them are looked at.
    private static final int MOST_PAIRS = 10_000;

    private final LayerStack stack;
    private final long most;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();
    private int layer;
    private int lost = FileTree.NONE;
    private int lostLayer;
    private long lostSize;
    private long bytes;
    private int unread;

    /// A file as one layer has it.
    ///
    /// @param node its number in the tree
    /// @param isSeen by a container of the image
    record Candidate(int node, int layer, long size, FilePath where, boolean isSeen, boolean isPartOfPair) {
        byte[] path() {
            return where.bytes();
        }
    }

    /// A file, and the one of the same size that a later layer puts in its place.
    record Pair(Candidate before, Candidate after) {}

    SameSizes(int expected) {
        this(expected, MOST_BYTES);
    }

    /// @param most how many bytes the candidates may have
    SameSizes(int expected, long most) {
        this.stack = new LayerStack(expected, this);
        this.most = most;
    }

    void add(Path index, int number) {
        layer = number;
        stack.add(index, number, false);
    }

    @Override
    public void lost(int node, int broughtBy, long size, boolean last) {
        lost = node;
        lostLayer = broughtBy;
        lostSize = size;
    }

    @Override
    public void hid(int node, boolean opaque) {
        lost = FileTree.NONE;
    }

    @Override
    public void brought(int node, long entrySize) {
        long size = stack.tree().size(node);
        if (lost == node
                && lostSize == size
                && size >= SMALLEST
                && stack.tree().kind(node).isFile()) {
            FilePath path = stack.tree().filePath(node);
            pairs.add(new Pair(
                    new Candidate(node, lostLayer, size, path, false, true),
                    new Candidate(node, layer, size, path, false, true)));
            if (pairs.size() > 2 * MOST_PAIRS) {
                keepLargest();
            }
        }
        lost = FileTree.NONE;
    }

    private void keepLargest() {
        pairs.sort(Comparator.comparingLong((Pair pair) -> pair.before().size()).reversed());
        if (pairs.size() > MOST_PAIRS) {
            unread += pairs.size() - MOST_PAIRS;
            pairs.subList(MOST_PAIRS, pairs.size()).clear();
        }
    }

    /// Chooses what is to be read, when all layers have been added.
    ///
    /// @return all that a container sees
    FileTree choose() {
        keepLargest();
        FileTree tree = stack.build();
        for (Pair pair : pairs) {
            take(List.of(pair.before(), pair.after()), most / 2);
        }
        for (int[] group : groups(tree)) {
            take(
                    Arrays.stream(group)
                            .mapToObj(node -> new Candidate(
                                    node, tree.layerOf(node), tree.size(node), tree.filePath(node), true, false))
                            .toList(),
                    most);
        }
        return tree;
    }

    /// @param room how many bytes all that is taken may have
    private void take(List<Candidate> group, long room) {
        long size = group.getFirst().size();
        boolean fits = size <= (room - bytes) / group.size() && candidates.size() + group.size() <= MOST_FILES;
        if (fits) {
            candidates.addAll(group);
            bytes += size * group.size();
        } else {
            unread += group.size();
        }
    }

    /// The files of a tree by their size, where more than one has it; those that could waste most first. What is in a
    /// package cache is waste already.
    private static List<int[]> groups(FileTree tree) {
        BitSet cached = PackageCache.contents(tree);
        long[] files = new long[64];
        int count = 0;
        for (int node = FileTree.ROOT + 1; node < tree.limit(); node++) {
            if (tree.isThere(node)
                    && tree.kind(node) == FileKind.FILE
                    && tree.size(node) >= SMALLEST
                    && !cached.get(node)) {
                files = count == files.length ? Arrays.copyOf(files, count * 2) : files;
                files[count++] = clamped(tree, node) << Integer.SIZE | node;
            }
        }
        Arrays.sort(files, 0, count);
        List<int[]> groups = new ArrayList<>();
        for (int from = 0; from < count; ) {
            int to = from + 1;
            while (to < count && files[to] >>> Integer.SIZE == files[from] >>> Integer.SIZE) {
                to++;
            }
            if (to - from > 1) {
                groups.add(Arrays.stream(files, from, to)
                        .mapToInt(each -> (int) each)
                        .toArray());
            }
            from = to;
        }
        groups.sort(Comparator.comparingLong((int[] group) -> -clamped(tree, group[0]) * (group.length - 1)));
        return groups;
    }

    /// What is larger than all that would be read need not be told apart.
    private static long clamped(FileTree tree, int node) {
        return Math.min(tree.size(node), Integer.MAX_VALUE);
    }

    List<Candidate> candidates() {
        return candidates;
    }

    /// Those that are among [#candidates], and others.
    List<Pair> pairs() {
        return pairs;
    }

    /// Of all candidates.
    long bytes() {
        return bytes;
    }

    /// How many could have the same content but are too many to be read.
    int unread() {
        return unread;
    }
}
