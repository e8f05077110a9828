package io.darsena.app.layers;

import io.darsena.bridge.layer.FileFilter;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileListing;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import javafx.collections.ObservableListBase;

/// The lines of a tree that are open: a number each, and a [FileRow] only of what is looked at. JavaFX thread only.
public final class ExplorerRows extends ObservableListBase<FileRow> {

    /// Directories open by themselves as long as no more lines come of it than a person looks through.
    private static final int OPEN_LINES = 60;

    /// Where there is one directory alone, what is in it is seen at once, be it this much. Each change of a container's
    /// files lists it anew.
    private static final int MOST_OPEN_ALONE = 10_000;

    /// Of what is found so many are shown; more are of no use to anybody.
    public static final int MOST_FOUND = 2000;

    private Optional<? extends Sight> sight = Optional.empty();
    private FileFilter filter = FileFilter.ALL;
    private Comparator<Integer> order = (one, other) -> 0;
    private Optional<Comparator<Integer>> wish = Optional.empty();
    private boolean throughout;
    private final BitSet open = new BitSet();

    /// What was open when files were shown last; nothing while some are.
    private List<FilePath> kept = List.of();

    private BitSet found = new BitSet();
    private int foundCount;

    /// Of each directory that is shown, what is found in it and matters most.
    private final Map<Integer, Integer> best = new HashMap<>();

    private int[] nodes = new int[64];
    private int[] depths = new int[64];
    private int size;
    private Consumer<Runnable> keeper = Runnable::run;
    private IntConsumer revealer = line -> {};

    /// Nobody has opened or closed anything since the tree came.
    private boolean untouched = true;

    @Override
    public FileRow get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return new FileRow(nodes[index], depths[index], isOpen(nodes[index]));
    }

    @Override
    public int size() {
        return size;
    }

    public Optional<FileListing> files() {
        return sight.map(Sight::files);
    }

    Optional<? extends Sight> sight() {
        return sight;
    }

    /// The files, unless they are those of two images.
    public Optional<FileTree> tree() {
        return files().filter(FileTree.class::isInstance).map(FileTree.class::cast);
    }

    /// What the files tell of an entry.
    ///
    /// @param otherwise while none are shown
    <T> T fact(int node, BiFunction<FileListing, Integer, T> of, T otherwise) {
        return files().map(tree -> of.apply(tree, node)).orElse(otherwise);
    }

    /// The later layer that hides an entry, where that is told.
    OptionalInt hiddenBy(int node) {
        return sight.map(now -> now.hiddenBy(node)).orElse(OptionalInt.empty());
    }

    long sizeOf(int node) {
        return sight.map(now -> now.size(node)).orElse(0L);
    }

    /// How many entries have been found, shown or not; 0 while nothing is looked for.
    public int foundCount() {
        return foundCount;
    }

    /// Shows other files, or the same in another way. While nothing is looked for, what was open stays open where paths
    /// are the same.
    public void show(Optional<? extends Sight> shown, FileFilter sought) {
        List<FilePath> paths = new ArrayList<>(kept);
        Optional<FileListing> before = files();
        boolean same = before.equals(shown.map(Sight::files));
        if (!same) {
            before.ifPresent(files -> open.stream().limit(OPEN_LINES).forEach(node -> paths.add(files.filePath(node))));
            open.clear();
            kept = shown.isEmpty() ? List.copyOf(paths) : List.of();
        }
        boolean fresh = !sight.equals(shown);
        this.sight = shown;
        this.filter = sought;
        shown.ifPresent(now -> {
            search(now);
            if (!same) {
                paths.stream()
                        .mapToInt(now.files()::find)
                        .filter(node -> node > FileTree.ROOT)
                        .forEach(open::set);
            }
            if (fresh) {
                untouched = true;
                openSome(now);
            }
        });
        rebuild();
    }

    /// What comes next has nothing to do with what was shown last.
    public void forget() {
        kept = List.of();
    }

    /// The same files as they are now, in the place of what is shown: what is open stays open by its path, and what has
    /// come opens by itself as long as nobody has opened or closed anything.
    public void follow(Sight now) {
        keeper.accept(() -> {
            List<FilePath> paths = files().map(
                            before -> open.stream().mapToObj(before::filePath).toList())
                    .orElse(List.of());
            open.clear();
            sight = Optional.of(now);
            paths.stream()
                    .mapToInt(now.files()::find)
                    .filter(node -> node != FileTree.NONE)
                    .forEach(open::set);
            search(now);
            if (untouched) {
                openSome(now);
            }
            rebuild();
        });
    }

    /// The same files in the same way, of which more is known now.
    void know(Sight now) {
        keeper.accept(() -> {
            sight = Optional.of(now);
            rebuild();
        });
    }

    /// Opens what an entry lies in, and says where that entry is to who shows the lines; of what is not shown, the
    /// nearest directory above it that is.
    public void reveal(FilePath path) {
        sight.ifPresent(now -> {
            int node = now.files().find(path);
            while (node != FileTree.NONE && !now.shows(node)) {
                node = now.files().parent(node);
            }
            if (node <= FileTree.ROOT) {
                return;
            }
            for (int above = now.files().parent(node);
                    above != FileTree.NONE;
                    above = now.files().parent(above)) {
                open.set(above);
            }
            rebuild();
            revealer.accept(indexOf(node));
        });
    }

    /// Says who shows the line that [#reveal] has found.
    void onReveal(IntConsumer showing) {
        revealer = showing;
    }

    /// Says who keeps what is chosen, and where the person looks, while [#follow] and [#know] exchange the lines.
    void onFollow(Consumer<Runnable> keeping) {
        keeper = keeping;
    }

    /// @param order of what lies in one directory
    /// @param wish which of all that is found matters most, if a person has said so
    /// @param throughout what matters most comes first wherever it lies: directories stand as what is found in them
    void arrange(Comparator<Integer> order, Optional<Comparator<Integer>> wish, boolean throughout) {
        this.order = order;
        this.wish = wish;
        this.throughout = throughout;
        sight.ifPresent(this::search);
        rebuild();
    }

    private void search(Sight now) {
        found = new BitSet();
        foundCount = 0;
        best.clear();
        if (filter.isOpen()) {
            return;
        }
        int[] hits =
                Arrays.stream(now.files().matching(filter)).filter(now::shows).toArray();
        foundCount = hits.length;
        for (int node : foremost(hits)) {
            for (int at = node;
                    at != FileTree.NONE && !found.get(at);
                    at = now.files().parent(at)) {
                found.set(at);
                best.put(at, node);
            }
        }
    }

    /// As many as are shown: those that matter most, these first, or where nobody has said what does, as they come.
    private int[] foremost(int[] hits) {
        if (wish.isEmpty()) {
            return Arrays.copyOf(hits, Math.min(hits.length, MOST_FOUND));
        }
        Comparator<Integer> wished = wish.get();
        PriorityQueue<Integer> chosen = new PriorityQueue<>(wished.reversed());
        for (int hit : hits) {
            if (chosen.size() < MOST_FOUND) {
                chosen.add(hit);
            } else if (wished.compare(hit, chosen.element()) < 0) {
                chosen.remove();
                chosen.add(hit);
            }
        }
        return chosen.stream().sorted(wished).mapToInt(Integer::intValue).toArray();
    }

    /// While something is looked for, a directory may stand as the foremost of what is found in it.
    private Comparator<Integer> shownOrder() {
        return filter.isOpen() || !throughout || wish.isEmpty()
                ? order
                : Comparator.comparing((Integer node) -> best.getOrDefault(node, node), wish.get())
                        .thenComparing(order);
    }

    /// What lies in few directories is seen without opening each of them.
    private void openSome(Sight now) {
        int lines = 0;
        // Each directory so far has had nothing beside it.
        boolean alone = true;
        List<Integer> level = List.of(FileTree.ROOT);
        while (!level.isEmpty()) {
            List<Integer> below = new ArrayList<>();
            int more = 0;
            for (int directory : level) {
                for (int child : shownChildren(now, directory)) {
                    more++;
                    if (now.files().kind(child) == FileKind.DIRECTORY) {
                        below.add(child);
                    }
                }
            }
            lines += more;
            if (lines > (alone ? MOST_OPEN_ALONE : OPEN_LINES)) {
                return;
            }
            alone &= more == 1;
            level.forEach(open::set);
            level = below;
        }
    }

    private int[] shownChildren(Sight now, int directory) {
        return Arrays.stream(now.files().children(directory))
                .filter(now::shows)
                .filter(node -> filter.isOpen() || found.get(node))
                .toArray();
    }

    boolean isOpen(int node) {
        return filter.isOpen() ? open.get(node) : isDirectory(node);
    }

    /// It has something in it that is shown.
    boolean isDirectory(int node) {
        return sight.isPresent() && isDirectory(sight.get(), node);
    }

    private static boolean isDirectory(Sight now, int node) {
        return now.files().kind(node) == FileKind.DIRECTORY
                && Arrays.stream(now.files().children(node)).anyMatch(now::shows);
    }

    /// Opens a directory, or closes it. What is found is always open.
    public void setOpen(int node, boolean wanted) {
        int at = indexOf(node);
        if (!filter.isOpen() || at < 0 || wanted == open.get(node) || !isDirectory(node)) {
            return;
        }
        untouched = false;
        FileRow before = get(at);
        open.set(node, wanted);
        // A change of its own: together they would be told as one, in which the line goes and comes back.
        beginChange();
        nextSet(at, before);
        endChange();
        beginChange();
        if (wanted) {
            Lines below = new Lines();
            sight.ifPresent(now -> below.add(now, node, depths[at] + 1));
            insert(at + 1, below);
            nextAdd(at + 1, at + 1 + below.count);
        } else {
            int end = at + 1;
            while (end < size && depths[end] > depths[at]) {
                end++;
            }
            List<FileRow> gone = List.copyOf(subList(at + 1, end));
            System.arraycopy(nodes, end, nodes, at + 1, size - end);
            System.arraycopy(depths, end, depths, at + 1, size - end);
            size -= gone.size();
            nextRemove(at + 1, gone);
        }
        endChange();
    }

    int indexOf(int node) {
        for (int i = 0; i < size; i++) {
            if (nodes[i] == node) {
                return i;
            }
        }
        return -1;
    }

    private void insert(int at, Lines lines) {
        int room = size + lines.count;
        if (room > nodes.length) {
            nodes = Arrays.copyOf(nodes, Math.max(room, nodes.length * 2));
            depths = Arrays.copyOf(depths, nodes.length);
        }
        System.arraycopy(nodes, at, nodes, at + lines.count, size - at);
        System.arraycopy(depths, at, depths, at + lines.count, size - at);
        System.arraycopy(lines.nodes, 0, nodes, at, lines.count);
        System.arraycopy(lines.depths, 0, depths, at, lines.count);
        size = room;
    }

    private void rebuild() {
        List<FileRow> gone = new Gone(nodes, depths, size);
        Lines lines = new Lines();
        sight.ifPresent(now -> lines.add(now, FileTree.ROOT, 0));
        beginChange();
        nodes = lines.nodes;
        depths = lines.depths;
        size = lines.count;
        nextReplace(0, size, gone);
        endChange();
    }

    /// What was there, without a row of each.
    private static final class Gone extends AbstractList<FileRow> {
        private final int[] nodes;
        private final int[] depths;
        private final int size;

        Gone(int[] nodes, int[] depths, int size) {
            this.nodes = nodes;
            this.depths = depths;
            this.size = size;
        }

        @Override
        public FileRow get(int index) {
            return new FileRow(nodes[index], depths[index], false);
        }

        @Override
        public int size() {
            return size;
        }
    }

    /// Open lines in their order.
    private final class Lines {

        private int[] nodes = new int[64];
        private int[] depths = new int[64];
        private int count;

        /// What is open below a directory. Directories may lie in each other by the thousand.
        void add(Sight now, int directory, int depth) {
            Deque<FileRow> left = new ArrayDeque<>();
            push(left, now, directory, depth);
            while (!left.isEmpty()) {
                FileRow row = left.pop();
                if (count == nodes.length) {
                    nodes = Arrays.copyOf(nodes, count * 2);
                    depths = Arrays.copyOf(depths, count * 2);
                }
                nodes[count] = row.node();
                depths[count++] = row.depth();
                if (now.files().kind(row.node()) == FileKind.DIRECTORY && isOpen(row.node())) {
                    push(left, now, row.node(), row.depth() + 1);
                }
            }
        }

        private void push(Deque<FileRow> left, Sight now, int directory, int depth) {
            int[] children = sorted(shownChildren(now, directory));
            for (int i = children.length - 1; i >= 0; i--) {
                left.push(new FileRow(children[i], depth, false));
            }
        }

        private int[] sorted(int[] children) {
            return Arrays.stream(children)
                    .boxed()
                    .sorted(shownOrder())
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }
}
