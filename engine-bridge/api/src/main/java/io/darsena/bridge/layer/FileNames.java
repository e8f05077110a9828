package io.darsena.bridge.layer;

import java.util.Arrays;

/// Which entries are names of one and the same file: rings of their numbers, which begin anywhere. Of a file with one
/// name nothing is kept. The root is none. Used by one thread.
final class FileNames {

    /// 0 where a file has one name alone.
    private int[] nexts = new int[0];

    private int[] previous = new int[0];

    /// Nothing has more than one name.
    boolean isEmpty() {
        return nexts.length == 0;
    }

    boolean isAlone(int node) {
        return node >= nexts.length || nexts[node] == 0;
    }

    /// The name after this one; this one where there is no other.
    int next(int node) {
        return isAlone(node) ? node : nexts[node];
    }

    /// Makes an entry that is alone one more name of another's file, the last one when begun at that.
    void joinBefore(int node, int other) {
        room(Math.max(node, other));
        join(node, isAlone(other) ? other : previous[other], other);
    }

    /// As [#joinBefore], next after the other.
    void joinAfter(int node, int other) {
        room(Math.max(node, other));
        join(node, other, next(other));
    }

    private void join(int node, int before, int after) {
        nexts[before] = node;
        previous[node] = before;
        nexts[node] = after;
        previous[after] = node;
    }

    /// Makes it alone.
    void leave(int node) {
        if (isAlone(node)) {
            return;
        }
        int next = nexts[node];
        int before = previous[node];
        boolean pair = next == before;
        nexts[before] = pair ? 0 : next;
        previous[next] = pair ? 0 : before;
        nexts[node] = 0;
        previous[node] = 0;
    }

    private void room(int node) {
        if (node >= nexts.length) {
            int room = Math.max(node + 1, nexts.length + (nexts.length >> 1));
            nexts = Arrays.copyOf(nexts, room);
            previous = Arrays.copyOf(previous, room);
        }
    }
}
