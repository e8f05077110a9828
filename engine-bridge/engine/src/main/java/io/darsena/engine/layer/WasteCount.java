package io.darsena.engine.layer;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.Waste;
import io.darsena.bridge.layer.Waste.Hidden;
import io.darsena.bridge.layer.Waste.Sums;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Counts what layers bring in vain, as [Waste] defines it. Used by one thread.
final class WasteCount implements LayerStack.Watcher {

    /// The largest are kept; the rest is in the sums.
    private static final int MOST_HIDDEN = 10_000;

    private final LayerStack stack;
    private final List<Hidden> hidden = new ArrayList<>();
    private int layer;

    /// Of the files of the layer that was added last.
    private long layerBytes;

    private Sums sums = Sums.NONE;

    /// What has been lost since the last look at it, and to whom most of it belonged.
    private long lost;

    private long largestLoss;
    private int loser;

    /// As [#lost], by the sizes that entries say: for dive, which knows no names of one file.
    private long lostByEntries;

    /// Of each path, which is a number: the sum of its sizes, the smallest, in how many layers it occurs, and the size
    /// that its last entry says.
    private long[] totals = new long[64];

    private long[] smallest = new long[64];
    private int[] occurrences = new int[64];
    private long[] sizes = new long[64];
    private int[] broughtIn = new int[64];
    private int[] filledIn = new int[64];

    private int[] brought = new int[64];
    private int broughtCount;

    WasteCount(int expected) {
        stack = new LayerStack(expected, this);
    }

    void add(Path index, int number) {
        layer = number;
        layerBytes = 0;
        broughtCount = 0;
        stack.add(index, number, false);
        for (int i = 0; i < broughtCount; i++) {
            int node = brought[i];
            if (filledIn[node] != layer) {
                occurs(node, sizes[node]);
            }
        }
    }

    private void occurs(int node, long size) {
        smallest[node] = occurrences[node] == 0 ? size : Math.min(size, smallest[node]);
        totals[node] += size;
        occurrences[node]++;
    }

    private void room(int node) {
        if (node >= totals.length) {
            int room = Math.max(node + 1, totals.length * 2);
            totals = Arrays.copyOf(totals, room);
            smallest = Arrays.copyOf(smallest, room);
            occurrences = Arrays.copyOf(occurrences, room);
            sizes = Arrays.copyOf(sizes, room);
            broughtIn = Arrays.copyOf(broughtIn, room);
            filledIn = Arrays.copyOf(filledIn, room);
        }
    }

    @Override
    public void lost(int node, int broughtBy, long size, boolean last) {
        lostByEntries += sizes[node];
        if (!last) {
            return;
        }
        lost += size;
        if (size >= largestLoss) {
            largestLoss = size;
            loser = broughtBy;
        }
    }

    @Override
    public void hid(int node, boolean opaque) {
        room(node);
        if (!opaque) {
            boolean directory = stack.tree().kind(node) == FileKind.DIRECTORY;
            occurs(node, directory ? lostByEntries : 0);
            fills(node);
        }
        told(node, true);
    }

    @Override
    public void brought(int node, long size) {
        room(node);
        told(node, false);
        layerBytes += size;
        sizes[node] = size;
        if (broughtIn[node] != layer) {
            broughtIn[node] = layer;
            if (broughtCount == brought.length) {
                brought = Arrays.copyOf(brought, broughtCount * 2);
            }
            brought[broughtCount++] = node;
        }
        fills(node);
    }

    /// What is above it has something in it in this layer.
    private void fills(int node) {
        for (int above = stack.tree().parent(node);
                above != FileTree.NONE;
                above = stack.tree().parent(above)) {
            room(above);
            if (filledIn[above] == layer) {
                break;
            }
            filledIn[above] = layer;
        }
    }

    private void told(int node, boolean removed) {
        if (lost > 0) {
            sums = sums.plus(lost, removed);
            hidden.add(new Hidden(stack.tree().filePath(node), lost, loser, layer, removed));
            if (hidden.size() > 2 * MOST_HIDDEN) {
                keepLargest();
            }
        }
        lost = 0;
        lostByEntries = 0;
        largestLoss = 0;
    }

    private void keepLargest() {
        hidden.sort(Comparator.comparingLong(Hidden::bytes).reversed().thenComparing(Hidden::path));
        if (hidden.size() > MOST_HIDDEN) {
            hidden.subList(MOST_HIDDEN, hidden.size()).clear();
        }
    }

    Waste result() {
        keepLargest();
        long all = 0;
        long least = 0;
        long repeated = 0;
        for (int node = 0; node < Math.min(totals.length, stack.tree().limit()); node++) {
            all += totals[node];
            least += smallest[node];
            repeated += occurrences[node] > 1 ? totals[node] : 0;
        }
        return Waste.of(sums, all == 0 ? 1 : (double) least / all, repeated, layerBytes, hidden, stack.build());
    }
}
