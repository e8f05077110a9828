package io.darsena.bridge.layer;

import java.util.Arrays;

/// Two trees laid on each other: each entry with the one at its path in the other tree, where both are directories or
/// neither is, and what is told of the two. Immutable.
final class PairedTrees {

    private final FileTree before;
    private final FileTree after;

    /// Of each entry of one tree the one at its path in the other.
    private final int[] twinsBefore;

    private final int[] twinsAfter;

    private PairedTrees(FileTree before, FileTree after, int[] twinsBefore, int[] twinsAfter) {
        this.before = before;
        this.after = after;
        this.twinsBefore = twinsBefore;
        this.twinsAfter = twinsAfter;
    }

    static PairedTrees of(FileTree before, FileTree after) {
        int[] twinsBefore = new int[after.limit()];
        int[] twinsAfter = new int[before.limit()];
        Arrays.fill(twinsBefore, FileTree.NONE);
        Arrays.fill(twinsAfter, FileTree.NONE);
        twinsBefore[FileTree.ROOT] = FileTree.ROOT;
        twinsAfter[FileTree.ROOT] = FileTree.ROOT;
        for (int node = FileTree.ROOT + 1; node < after.limit(); node++) {
            // A directory has a smaller number than what is in it.
            int directory = twinsBefore[after.parent(node)];
            if (directory != FileTree.NONE && isThere(after, node)) {
                int twin = before.childNamedAs(directory, after, node);
                if (twin != FileTree.NONE
                        && isThere(before, twin)
                        && isDirectory(before, twin) == isDirectory(after, node)) {
                    twinsBefore[node] = twin;
                    twinsAfter[twin] = node;
                }
            }
        }
        return new PairedTrees(before, after, twinsBefore, twinsAfter);
    }

    /// The other way round.
    PairedTrees reversed() {
        return new PairedTrees(after, before, twinsAfter, twinsBefore);
    }

    FileTree before() {
        return before;
    }

    FileTree after() {
        return after;
    }

    /// The entry of the old tree at the path of one of the new tree, or [FileTree#NONE].
    int twinBefore(int node) {
        return twinsBefore[node];
    }

    /// The entry of the new tree at the path of one of the old tree, or [FileTree#NONE].
    int twinAfter(int node) {
        return twinsAfter[node];
    }

    /// An entry of the old tree that the new one has not.
    boolean isGone(int node) {
        return twinsAfter[node] == FileTree.NONE && isThere(before, node);
    }

    static boolean isThere(FileTree tree, int node) {
        return tree.isShown(node) && tree.change(node) != FileChange.REMOVED;
    }

    static boolean isDirectory(FileTree tree, int node) {
        return tree.kind(node) == FileKind.DIRECTORY;
    }

    /// The name under which the contents of an entry of the new tree are compared: what both have as one file is read
    /// under its first one.
    int comparedAs(int node) {
        return comparedAs(node, after, twinsBefore, before);
    }

    /// As [#comparedAs(int)], of the old tree.
    int comparedAsOld(int twin) {
        return comparedAs(twin, before, twinsAfter, after);
    }

    private static int comparedAs(int node, FileTree tree, int[] twins, FileTree other) {
        int first = tree.firstName(node);
        boolean together = first != node
                && twins[node] != FileTree.NONE
                && twins[first] != FileTree.NONE
                && other.firstName(twins[node]) == other.firstName(twins[first]);
        return together ? first : node;
    }

    boolean differsBeyondTime(int node, int twin) {
        return isOfOtherKind(twin, node)
                || before.size(twin) != after.size(node)
                || before.mode(twin) != after.mode(node)
                || before.uid(twin) != after.uid(node)
                || before.gid(twin) != after.gid(node)
                || before.hasAttributes(twin) != after.hasAttributes(node)
                || saysOther(twin, node);
    }

    boolean isOfOtherKind(int twin, int node) {
        return before.kind(twin) != after.kind(node)
                && !(before.kind(twin).isFile() && after.kind(node).isFile());
    }

    boolean saysOther(int twin, int node) {
        return !after.kind(node).isFile() && !before.saysAs(twin, after, node);
    }

    boolean differsInTime(int node, int twin) {
        return after.kind(node).isFile() && before.kind(twin).isFile() && !before.isOfTime(twin, after, node);
    }
}
