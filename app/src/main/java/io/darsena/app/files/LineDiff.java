package io.darsena.app.files;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;

/// Two texts beside each other as rows: a line that both have, one that only one of them has, or one that is another
/// one in the other. Immutable.
final class LineDiff extends AbstractList<LineDiff.Row> implements RandomAccess {

    /// Of more lines that are not the same at the begin and the end of both, none is matched with another: the time
    /// that it takes grows with the square of what differs.
    static final int MOST_MATCHED = 10_000;

    private static final int NONE = -1;

    enum Kind {
        SAME,
        ADDED,
        REMOVED,
        CHANGED
    }

    /// @param before empty when it is added
    /// @param after empty when it is removed
    record Row(Kind kind, Optional<FileLine> before, Optional<FileLine> after) {}

    private final List<FileLine> before;
    private final List<FileLine> after;
    private int[] lefts;
    private int[] rights;
    private int size;
    private final List<Integer> starts = new ArrayList<>();
    private boolean coarse;

    private LineDiff(List<FileLine> before, List<FileLine> after) {
        this.before = before;
        this.after = after;
        this.lefts = new int[Math.max(before.size(), after.size()) + 1];
        this.rights = new int[lefts.length];
        compare();
    }

    static LineDiff of(List<FileLine> before, List<FileLine> after) {
        return new LineDiff(before, after);
    }

    private void compare() {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && same(head, head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && same(before.size() - 1 - tail, after.size() - 1 - tail)) {
            tail++;
        }
        both(0, 0, head);
        int left = before.size() - tail - head;
        int right = after.size() - tail - head;
        coarse = Math.max(left, right) > MOST_MATCHED;
        if (coarse) {
            differ(head, left, head, right);
        } else if (left > 0 || right > 0) {
            match(head, left, right);
        }
        both(before.size() - tail, after.size() - tail, tail);
        lefts = Arrays.copyOf(lefts, size);
        rights = Arrays.copyOf(rights, size);
    }

    private boolean same(int left, int right) {
        return before.get(left).text().equals(after.get(right).text());
    }

    private void match(int from, int left, int right) {
        Map<String, Integer> known = new HashMap<>();
        List<Integer> some = numbered(before.subList(from, from + left), known);
        List<Integer> others = numbered(after.subList(from, from + right), known);
        int doneLeft = 0;
        int doneRight = 0;
        int removed = 0;
        int added = 0;
        for (AbstractDelta<Integer> delta : DiffUtils.diff(some, others, new MyersDiffWithLinearSpace<>(), null)
                .getDeltas()) {
            int same = delta.getSource().getPosition() - doneLeft - removed;
            // What is replaced may come as two: something added, and something removed at the same place.
            if (same > 0) {
                end(from + doneLeft, removed, from + doneRight, added);
                both(from + doneLeft + removed, from + doneRight + added, same);
                doneLeft += removed + same;
                doneRight += added + same;
                removed = 0;
                added = 0;
            }
            removed += delta.getSource().size();
            added += delta.getTarget().size();
        }
        end(from + doneLeft, removed, from + doneRight, added);
        both(from + doneLeft + removed, from + doneRight + added, left - doneLeft - removed);
    }

    private void end(int left, int removed, int right, int added) {
        if (removed > 0 || added > 0) {
            differ(left, removed, right, added);
        }
    }

    /// Equal lines have equal numbers.
    private static List<Integer> numbered(List<FileLine> lines, Map<String, Integer> known) {
        List<Integer> numbers = new ArrayList<>(lines.size());
        for (FileLine line : lines) {
            Integer number = known.get(line.text());
            if (number == null) {
                number = known.size();
                known.put(line.text(), number);
            }
            numbers.add(number);
        }
        return numbers;
    }

    private void both(int left, int right, int count) {
        for (int i = 0; i < count; i++) {
            add(left + i, right + i);
        }
    }

    private void differ(int left, int removed, int right, int added) {
        starts.add(size);
        for (int i = 0; i < Math.max(removed, added); i++) {
            add(i < removed ? left + i : NONE, i < added ? right + i : NONE);
        }
    }

    private void add(int left, int right) {
        if (size == lefts.length) {
            lefts = Arrays.copyOf(lefts, size * 2);
            rights = Arrays.copyOf(rights, size * 2);
        }
        lefts[size] = left;
        rights[size++] = right;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Row get(int index) {
        int left = lefts[index];
        int right = rights[index];
        if (left == NONE) {
            return new Row(Kind.ADDED, Optional.empty(), Optional.of(after.get(right)));
        }
        if (right == NONE) {
            return new Row(Kind.REMOVED, Optional.of(before.get(left)), Optional.empty());
        }
        return new Row(
                same(left, right) ? Kind.SAME : Kind.CHANGED,
                Optional.of(before.get(left)),
                Optional.of(after.get(right)));
    }

    /// How many runs of rows differ.
    int differences() {
        return starts.size();
    }

    /// The first row of the difference after this row; of the first one when there is none. -1 when nothing differs.
    int next(int row) {
        return starts.stream()
                .filter(start -> start > row)
                .findFirst()
                .orElseGet(() -> starts.isEmpty() ? NONE : starts.getFirst());
    }

    /// As [#next], before it.
    int previous(int row) {
        return starts.reversed().stream()
                .filter(start -> start < row)
                .findFirst()
                .orElseGet(() -> starts.isEmpty() ? NONE : starts.getLast());
    }

    /// There was too much to match lines with each other.
    boolean isCoarse() {
        return coarse;
    }
}
