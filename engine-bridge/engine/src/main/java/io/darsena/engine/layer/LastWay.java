package io.darsena.engine.layer;

import java.util.Arrays;

/// The way to the directory of the entry before, part by part: that of the next entry most often begins with it, or is
/// the same. Without it four thousand directories in each other are gone through eight million times.
final class LastWay {

    private final byte[] path;
    private int[] ends = new int[16];
    private int[] nodes = new int[16];
    private int depth;

    /// @param longest bytes that a path may have
    LastWay(int longest) {
        this.path = new byte[longest];
    }

    /// What it led to may be elsewhere now.
    void forget() {
        depth = 0;
    }

    int depth() {
        return depth;
    }

    /// What the part at the end of the way leads to, of a way that has one.
    int last() {
        return nodes[depth - 1];
    }

    /// Where the part at the end of the way ends.
    int end() {
        return depth == 0 ? 0 : ends[depth - 1];
    }

    void dropLast() {
        depth--;
    }

    /// Drops what another path has not.
    void keepShared(byte[] other, int length) {
        int mismatch = Arrays.mismatch(path, 0, end(), other, 0, length);
        int shared = mismatch < 0 ? length : mismatch;
        // A part counts whole: it ends where the other path's does.
        while (depth > 0 && (end() > shared || end() < length && other[end()] != '/')) {
            depth--;
        }
    }

    /// One part more, after those that are kept.
    ///
    /// @param to where it ends in the path
    void add(byte[] other, int to, int node) {
        if (depth == ends.length) {
            ends = Arrays.copyOf(ends, depth * 2);
            nodes = Arrays.copyOf(nodes, depth * 2);
        }
        System.arraycopy(other, end(), path, end(), to - end());
        ends[depth] = to;
        nodes[depth] = node;
        depth++;
    }
}
