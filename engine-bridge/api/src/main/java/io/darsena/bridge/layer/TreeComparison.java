package io.darsena.bridge.layer;

import io.darsena.bridge.image.DiffId;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The files of two images, laid on each other: what the one has and the other has not, and what differs. Directories
/// are the same while both are directories, whatever is in them. Of the root only what is in it is compared.
///
/// What comes from one and the same layer is the same. Of two files of equal size that come from different layers
/// it is not known whether they hold the same ([#uncompared]) until contents have been compared
/// ([Layers#compareContents], [#withContents]): until then they are taken as the same when all that is told of
/// them is equal, time included.
///
/// A hard link is compared as the file that it is one more name of. Whether names are one file or several is no
/// difference of any of them; it is one of the bytes that there are ([Sums#names]).
///
/// The number of an entry of the new tree is what it is there; of an entry that only the old one has it is greater.
/// A few bytes an entry beside the two trees. Immutable.
public final class TreeComparison implements FileListing {

    private static final FileChange[] CHANGES = FileChange.values();

    private final FileTree before;
    private final FileTree after;
    private final Origins origins;
    private final boolean times;

    /// Empty while no contents have been compared.
    private final Optional<ComparedContents> contents;

    /// Where the old entries begin.
    private final int old;

    /// Of each entry of one tree the one at its path in the other.
    private final int[] twinsBefore;

    private final int[] twinsAfter;
    private final byte[] changes;

    /// Of each entry, old ones too, how many below it are marked.
    private final int[] touched;

    private final Sums sums;

    /// How much differs. Entries count that are no directories; a hard link has no bytes of its own.
    ///
    /// @param timeAlone of the changed ones, those of which nothing but the time differs
    /// @param directories added, removed or changed
    /// @param changedFrom bytes that the changed ones had
    /// @param changedTo bytes that they have
    /// @param names by how many bytes the new tree is larger, or, below 0, smaller, because what is one file under
    /// several names there is not the same one file here: of names that are the same, what of their bytes is theirs
    public record Sums(
            int added,
            int removed,
            int changed,
            int timeAlone,
            int same,
            int directories,
            long addedBytes,
            long removedBytes,
            long changedFrom,
            long changedTo,
            long names,
            Contents contents) {

        /// Nothing differs, as far as that is told.
        public boolean isNothing() {
            return added == 0 && removed == 0 && changed == 0 && directories == 0 && names == 0;
        }

        /// By how many bytes the new tree is larger, or, below 0, smaller.
        public long growth() {
            return addedBytes - removedBytes + changedTo - changedFrom + names;
        }
    }

    /// What is known of the contents of files that both have, of equal size and from different layers. What is one file
    /// under the same names in both counts once.
    ///
    /// @param uncompared of how many it is not known whether they hold the same
    /// @param bytes of those, in both images together
    /// @param compared of how many it is known
    /// @param differing how many of these hold something else
    public record Contents(int uncompared, long bytes, int compared, int differing) {}

    /// Which layers of both are the same.
    ///
    /// @param shared how many of the lowest
    /// @param before a number for each layer of the old image, lowest first
    /// @param after for each of the new one: the same number where the layer is the same
    private record Origins(int shared, int[] before, int[] after) {

        static Origins ofLowest(int shared) {
            return new Origins(shared, new int[0], new int[0]);
        }

        static Origins of(LayerComparison layers) {
            Map<DiffId, Integer> numbers = new HashMap<>();
            return new Origins(
                    layers.shared().size(),
                    numbered(numbers, layers.shared(), layers.before()),
                    numbered(numbers, layers.shared(), layers.after()));
        }

        private static int[] numbered(
                Map<DiffId, Integer> numbers, List<LayerComparison.Layer> lowest, List<LayerComparison.Layer> others) {
            return Stream.concat(lowest.stream(), others.stream())
                    .mapToInt(layer -> numbers.computeIfAbsent(layer.diffId(), any -> numbers.size()))
                    .toArray();
        }

        Origins reversed() {
            return new Origins(shared, after, before);
        }

        /// It is the same layer, on the same ones.
        boolean areOneBase(int then, int now) {
            return then == now && now <= shared;
        }

        /// It is the same layer, whatever lies below it.
        boolean areOneLayer(int then, int now) {
            boolean known = then > 0 && then <= before.length && now > 0 && now <= after.length;
            return areOneBase(then, now) || known && before[then - 1] == after[now - 1];
        }
    }

    private TreeComparison(
            FileTree before,
            FileTree after,
            Origins origins,
            boolean times,
            Optional<ComparedContents> contents,
            int[] twinsBefore,
            int[] twinsAfter) {
        this.before = before;
        this.after = after;
        this.origins = origins;
        this.times = times;
        this.contents = contents;
        this.old = after.limit();
        this.twinsBefore = twinsBefore;
        this.twinsAfter = twinsAfter;
        this.changes = new byte[old];
        this.touched = new int[old + before.limit()];
        this.sums = mark();
    }

    /// @param before all layers of the old image on each other
    /// @param after the same of the new one
    /// @param sharedLayers how many of the lowest layers are the same in both
    public static TreeComparison of(FileTree before, FileTree after, int sharedLayers) {
        return of(before, after, Origins.ofLowest(sharedLayers));
    }

    /// @param before all layers of the old image on each other
    /// @param after the same of the new one
    /// @param layers of both
    public static TreeComparison of(FileTree before, FileTree after, LayerComparison layers) {
        return of(before, after, Origins.of(layers));
    }

    private static TreeComparison of(FileTree before, FileTree after, Origins origins) {
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
        return new TreeComparison(before, after, origins, true, Optional.empty(), twinsBefore, twinsAfter);
    }

    /// The same, with what is known now of the contents of files. It takes the place of what was known before.
    public TreeComparison withContents(ComparedContents compared) {
        return new TreeComparison(before, after, origins, times, Optional.of(compared), twinsBefore, twinsAfter);
    }

    /// The same, with files taken as the same of which nothing but the time differs.
    public TreeComparison ignoringTimes() {
        return times && sums.timeAlone() > 0
                ? new TreeComparison(before, after, origins, false, contents, twinsBefore, twinsAfter)
                : this;
    }

    /// The other way round.
    public TreeComparison reversed() {
        return new TreeComparison(
                after, before, origins.reversed(), times, contents.map(this::ofOld), twinsAfter, twinsBefore);
    }

    /// With the numbers that the files have in the old tree.
    private ComparedContents ofOld(ComparedContents known) {
        return new ComparedContents(ofOld(known.differing()), ofOld(known.unread()), known.read());
    }

    private NodeSet ofOld(NodeSet nodes) {
        return NodeSet.of(nodes.nodes()
                .takeWhile(node -> node < old)
                .map(node -> twinsBefore[node])
                .filter(twin -> twin != FileTree.NONE)
                .map(this::comparedAsOld));
    }

    private static boolean isThere(FileTree tree, int node) {
        return tree.isShown(node) && tree.change(node) != FileChange.REMOVED;
    }

    private static boolean isDirectory(FileTree tree, int node) {
        return tree.kind(node) == FileKind.DIRECTORY;
    }

    private static long bytes(FileTree tree, int node) {
        return tree.kind(node) == FileKind.FILE ? tree.size(node) : 0;
    }

    private Sums mark() {
        Tally tally = new Tally();
        for (int node = before.limit() - 1; node > FileTree.ROOT; node--) {
            if (isGone(node)) {
                touched[parent(old + node)] += 1 + touched[old + node];
                tally.removed(node);
            }
        }
        for (int node = old - 1; node > FileTree.ROOT; node--) {
            if (isThere(after, node)) {
                FileChange change = twinsBefore[node] == FileTree.NONE ? FileChange.ADDED : compared(node, tally);
                changes[node] = (byte) change.ordinal();
                touched[after.parent(node)] += touched[node] + (change == FileChange.NONE ? 0 : 1);
                tally.present(node, change);
            }
        }
        return tally.sums();
    }

    private FileChange compared(int node, Tally tally) {
        int twin = twinsBefore[node];
        if (origins.areOneBase(before.layerOf(twin), after.layerOf(node))) {
            return FileChange.NONE;
        }
        if (mayHoldOther(node)) {
            tally.content(node);
        }
        boolean otherwise = differsBeyondTime(node, twin) || differsInContent(node);
        boolean time = differsInTime(node, twin);
        if (!otherwise && time && times) {
            tally.timeAlone++;
        }
        return otherwise || time && times ? FileChange.CHANGED : FileChange.NONE;
    }

    /// Of both it is told that they are files of equal size, and no layer says that they are the same.
    private boolean mayHoldOther(int node) {
        if (isOld(node) || twinsBefore[node] == FileTree.NONE) {
            return false;
        }
        int twin = twinsBefore[node];
        return after.kind(node).isFile()
                && before.kind(twin).isFile()
                && after.size(node) > 0
                && after.size(node) == before.size(twin)
                && !origins.areOneLayer(before.layerOf(twin), after.layerOf(node));
    }

    /// The name under which an entry's contents are compared: what both have as one file is read under its first one.
    private int comparedAs(int node) {
        return comparedAs(node, after, twinsBefore, before);
    }

    /// As [#comparedAs(int)], of the comparison that is the other way round.
    private int comparedAsOld(int twin) {
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

    /// Whether nobody has compared the contents of a file that both have, of equal size and from different layers.
    public boolean isUncompared(int node) {
        return mayHoldOther(node)
                && contents.map(known -> known.unread().has(comparedAs(node))).orElse(true);
    }

    /// All files of which that is so, in ascending order. Of those that are one file in both there is one.
    public IntStream uncompared() {
        return IntStream.range(FileTree.ROOT + 1, old)
                .filter(node -> isThere(after, node) && isUncompared(node) && comparedAs(node) == node);
    }

    private boolean differsInContent(int node) {
        if (contents.isEmpty() || !mayHoldOther(node)) {
            return false;
        }
        int read = comparedAs(node);
        return contents.get().differing().has(read) && !contents.get().unread().has(read);
    }

    private boolean differsBeyondTime(int node, int twin) {
        return isOfOtherKind(twin, node)
                || before.size(twin) != after.size(node)
                || before.mode(twin) != after.mode(node)
                || before.uid(twin) != after.uid(node)
                || before.gid(twin) != after.gid(node)
                || before.hasAttributes(twin) != after.hasAttributes(node)
                || saysOther(twin, node);
    }

    private boolean isOfOtherKind(int twin, int node) {
        return before.kind(twin) != after.kind(node)
                && !(before.kind(twin).isFile() && after.kind(node).isFile());
    }

    private boolean saysOther(int twin, int node) {
        return !after.kind(node).isFile() && !before.saysAs(twin, after, node);
    }

    private boolean differsInTime(int node, int twin) {
        return after.kind(node).isFile() && before.kind(twin).isFile() && !before.isOfTime(twin, after, node);
    }

    /// What is counted on the way through both trees.
    private final class Tally {

        private int added;
        private int removed;
        private int changed;
        private int timeAlone;
        private int same;
        private int uncompared;
        private long uncomparedBytes;
        private int compared;
        private int differing;
        private int directories;
        private long addedBytes;
        private long removedBytes;
        private long changedFrom;
        private long changedTo;
        private long names;

        void content(int node) {
            if (comparedAs(node) != node) {
                return;
            }
            if (isUncompared(node)) {
                uncompared++;
                uncomparedBytes += 2 * after.size(node);
            } else {
                compared++;
                differing += differsInContent(node) ? 1 : 0;
            }
        }

        void removed(int node) {
            removedBytes += bytes(before, node);
            if (isDirectory(before, node)) {
                directories++;
            } else {
                removed++;
            }
        }

        void present(int node, FileChange change) {
            if (isDirectory(after, node)) {
                directories += change == FileChange.NONE ? 0 : 1;
                return;
            }
            switch (change) {
                case ADDED -> {
                    added++;
                    addedBytes += bytes(after, node);
                }
                case CHANGED -> {
                    changed++;
                    changedFrom += bytes(before, twinsBefore[node]);
                    changedTo += bytes(after, node);
                }
                case NONE -> {
                    same++;
                    names += bytes(after, node) - bytes(before, twinsBefore[node]);
                }
                case REMOVED -> throw new IllegalStateException("what is there is not removed");
            }
        }

        Sums sums() {
            return new Sums(
                    added,
                    removed,
                    changed,
                    timeAlone,
                    same,
                    directories,
                    addedBytes,
                    removedBytes,
                    changedFrom,
                    changedTo,
                    names,
                    new Contents(uncompared, uncomparedBytes, compared, differing));
        }
    }

    public Sums sums() {
        return sums;
    }

    /// In what a changed entry differs from what it was; of others nothing.
    public Set<FileDifference> differences(int node) {
        Set<FileDifference> found = EnumSet.noneOf(FileDifference.class);
        if (change(node) != FileChange.CHANGED) {
            return found;
        }
        int twin = twinsBefore[node];
        note(found, FileDifference.KIND, isOfOtherKind(twin, node));
        note(found, FileDifference.SIZE, before.size(twin) != after.size(node));
        note(found, FileDifference.CONTENT, differsInContent(node));
        note(found, FileDifference.MODE, before.mode(twin) != after.mode(node));
        note(found, FileDifference.OWNER, before.uid(twin) != after.uid(node) || before.gid(twin) != after.gid(node));
        note(found, FileDifference.LINK, saysOther(twin, node));
        note(found, FileDifference.ATTRIBUTES, before.hasAttributes(twin) != after.hasAttributes(node));
        note(found, FileDifference.TIME, differsInTime(node, twin));
        return found;
    }

    private static void note(Set<FileDifference> found, FileDifference difference, boolean differs) {
        if (differs) {
            found.add(difference);
        }
    }

    /// By how many bytes it is larger than it was, or, below 0, smaller. Of a directory, all that is in it.
    public long growth(int node) {
        if (isOld(node)) {
            return -own(before, node - old);
        }
        return own(after, node) - (twinsBefore[node] == FileTree.NONE ? 0 : own(before, twinsBefore[node]));
    }

    private static long own(FileTree tree, int node) {
        return isDirectory(tree, node) ? tree.total(node) : bytes(tree, node);
    }

    /// The old tree, in which an entry is [#twin].
    public FileTree before() {
        return before;
    }

    /// The new tree, whose numbers are those of the comparison.
    public FileTree after() {
        return after;
    }

    /// The number that an entry has in [#before], or [FileTree#NONE] where it was added.
    public int twin(int node) {
        return isOld(node) ? node - old : twinsBefore[node];
    }

    private boolean isOld(int node) {
        return node >= old;
    }

    /// The tree that knows of an entry.
    private FileTree tree(int node) {
        return isOld(node) ? before : after;
    }

    /// What it is in that tree.
    private int number(int node) {
        return isOld(node) ? node - old : node;
    }

    /// An entry of the old tree that the new one has not.
    private boolean isGone(int node) {
        return twinsAfter[node] == FileTree.NONE && isThere(before, node);
    }

    private int[] gone(IntStream nodes) {
        return nodes.filter(this::isGone).map(node -> node + old).toArray();
    }

    private static int[] joined(int[] now, int[] gone) {
        int[] all = Arrays.copyOf(now, now.length + gone.length);
        System.arraycopy(gone, 0, all, now.length, gone.length);
        return all;
    }

    @Override
    public int parent(int node) {
        int parent = tree(node).parent(number(node));
        if (!isOld(node) || parent == FileTree.NONE) {
            return parent;
        }
        return twinsAfter[parent] == FileTree.NONE ? parent + old : twinsAfter[parent];
    }

    @Override
    public int[] children(int directory) {
        if (isOld(directory)) {
            return gone(Arrays.stream(before.children(directory - old)));
        }
        int twin = twinsBefore[directory];
        int[] gone = twin == FileTree.NONE ? new int[0] : gone(Arrays.stream(before.children(twin)));
        return joined(present(after.children(directory)), gone);
    }

    private int[] present(int[] nodes) {
        return Arrays.stream(nodes).filter(node -> isThere(after, node)).toArray();
    }

    @Override
    public int find(String path) {
        int now = after.find(path);
        if (now != FileTree.NONE && isThere(after, now)) {
            return now;
        }
        int then = before.find(path);
        return then != FileTree.NONE && isGone(then) ? then + old : FileTree.NONE;
    }

    @Override
    public int[] matching(FileFilter filter) {
        FileFilter any = filter.withChanged(false);
        IntPredicate wanted = node -> !filter.changed() || change(node) != FileChange.NONE;
        int[] now = present(after.matching(any));
        return joined(Arrays.stream(now).filter(wanted).toArray(), gone(Arrays.stream(before.matching(any))));
    }

    @Override
    public FileChange change(int node) {
        return isOld(node) ? FileChange.REMOVED : CHANGES[changes[node]];
    }

    @Override
    public int touched(int node) {
        return touched[node];
    }

    @Override
    public int compareNames(int one, int other) {
        return tree(one).compareNames(number(one), tree(other), number(other));
    }

    @Override
    public String name(int node) {
        return tree(node).name(number(node));
    }

    @Override
    public String path(int node) {
        return tree(node).path(number(node));
    }

    /// As [#path], the very bytes.
    public FilePath filePath(int node) {
        return tree(node).filePath(number(node));
    }

    @Override
    public FileKind kind(int node) {
        return tree(node).kind(number(node));
    }

    @Override
    public int layerOf(int node) {
        return tree(node).layerOf(number(node));
    }

    @Override
    public long total(int node) {
        return tree(node).total(number(node));
    }

    @Override
    public int mode(int node) {
        return tree(node).mode(number(node));
    }

    @Override
    public long uid(int node) {
        return tree(node).uid(number(node));
    }

    @Override
    public long gid(int node) {
        return tree(node).gid(number(node));
    }

    @Override
    public Instant modifiedAt(int node) {
        return tree(node).modifiedAt(number(node));
    }

    @Override
    public String link(int node) {
        return tree(node).link(number(node));
    }

    @Override
    public boolean hasAttributes(int node) {
        return tree(node).hasAttributes(number(node));
    }

    @Override
    public boolean isLeftOut(int node) {
        return tree(node).isLeftOut(number(node));
    }
}
