package io.darsena.bridge.layer;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// The files of two images or containers, laid on each other: what the one has and the other has not, and what
/// differs. Directories are the same while both are directories, whatever is in them. Of the root only what is in it
/// is compared.
///
/// What comes from one and the same layer is the same. Of two files of equal size that come from different layers it
/// is not known whether they hold the same, nor whether extended attributes that both have are the same ones, until
/// somebody has looked ([#uncompared], [Layers#compareContents], [#withContents]): until then they are taken as the
/// same when all that is told of them is equal, time included. Of files of other sizes attributes are not looked at:
/// those differ anyway.
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
    private final PairedTrees pairs;
    private final LayerOrigins origins;
    private final boolean times;

    /// Empty while no contents have been compared.
    private final Optional<ComparedContents> contents;

    /// Where the old entries begin.
    private final int old;

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

    /// What is known of the contents of files that both have, of equal size and from different layers, and
    /// of extended attributes. What is one file under the same names in both counts once.
    ///
    /// @param uncompared of how many files it is not known whether they hold the same
    /// @param bytes of those, in both images together
    /// @param compared of how many it is known
    /// @param differing how many of these hold something else
    /// @param unseen of how many directories and empty files, which have extended attributes in both, it is
    /// not known whether these are the same
    /// @param attributes how many files and directories have been found to have others, or other values
    public record Contents(int uncompared, long bytes, int compared, int differing, int unseen, int attributes) {

        /// Somebody would have to look.
        public boolean isOpen() {
            return uncompared > 0 || unseen > 0;
        }
    }

    private TreeComparison(
            PairedTrees pairs, LayerOrigins origins, boolean times, Optional<ComparedContents> contents) {
        this.pairs = pairs;
        this.before = pairs.before();
        this.after = pairs.after();
        this.origins = origins;
        this.times = times;
        this.contents = contents;
        this.old = after.limit();
        this.changes = new byte[old];
        this.touched = new int[old + before.limit()];
        this.sums = mark();
    }

    /// @param before all layers of the old image on each other
    /// @param after the same of the new one
    /// @param sharedLayers how many of the lowest layers are the same in both
    public static TreeComparison of(FileTree before, FileTree after, int sharedLayers) {
        return new TreeComparison(
                PairedTrees.of(before, after), LayerOrigins.ofLowest(sharedLayers), true, Optional.empty());
    }

    /// @param before all layers of the old image on each other
    /// @param after the same of the new one
    /// @param layers of both
    public static TreeComparison of(FileTree before, FileTree after, LayerComparison layers) {
        return new TreeComparison(PairedTrees.of(before, after), LayerOrigins.of(layers), true, Optional.empty());
    }

    /// The same, with what is known now of the contents of files. It takes the place of what was known before.
    public TreeComparison withContents(ComparedContents compared) {
        return new TreeComparison(pairs, origins, times, Optional.of(compared));
    }

    /// The same, with files taken as the same of which nothing but the time differs.
    public TreeComparison ignoringTimes() {
        return times && sums.timeAlone() > 0 ? new TreeComparison(pairs, origins, false, contents) : this;
    }

    /// The other way round.
    public TreeComparison reversed() {
        return new TreeComparison(pairs.reversed(), origins.reversed(), times, contents.map(this::ofOld));
    }

    /// With the numbers that the files have in the old tree.
    private ComparedContents ofOld(ComparedContents known) {
        return new ComparedContents(
                ofOld(known.differing()), ofOld(known.attributes()), ofOld(known.unread()), known.read());
    }

    private NodeSet ofOld(NodeSet nodes) {
        return NodeSet.of(nodes.nodes()
                .takeWhile(node -> node < old)
                .map(pairs::twinBefore)
                .filter(twin -> twin != FileTree.NONE)
                .map(pairs::comparedAsOld));
    }

    private static long bytes(FileTree tree, int node) {
        return tree.kind(node) == FileKind.FILE ? tree.size(node) : 0;
    }

    private Sums mark() {
        Tally tally = new Tally();
        for (int node = before.limit() - 1; node > FileTree.ROOT; node--) {
            if (pairs.isGone(node)) {
                touched[parent(old + node)] += 1 + touched[old + node];
                tally.removed(node);
            }
        }
        for (int node = old - 1; node > FileTree.ROOT; node--) {
            if (PairedTrees.isThere(after, node)) {
                FileChange change = pairs.twinBefore(node) == FileTree.NONE ? FileChange.ADDED : compared(node, tally);
                changes[node] = (byte) change.ordinal();
                touched[after.parent(node)] += touched[node] + (change == FileChange.NONE ? 0 : 1);
                tally.present(node, change);
            }
        }
        return tally.sums();
    }

    private FileChange compared(int node, Tally tally) {
        int twin = pairs.twinBefore(node);
        if (origins.areOneBase(before.layerOf(twin), after.layerOf(node))) {
            return FileChange.NONE;
        }
        if (mayDiffer(node)) {
            tally.content(node);
        }
        boolean otherwise = pairs.differsBeyondTime(node, twin) || differsInContent(node) || differsInAttributes(node);
        boolean time = pairs.differsInTime(node, twin);
        if (!otherwise && time && times) {
            tally.timeAlone++;
        }
        return otherwise || time && times ? FileChange.CHANGED : FileChange.NONE;
    }

    /// Of both it is told that they are files of equal size, and no layer says that they are the same.
    private boolean mayHoldOther(int node) {
        if (isOld(node) || pairs.twinBefore(node) == FileTree.NONE) {
            return false;
        }
        int twin = pairs.twinBefore(node);
        return after.kind(node).isFile()
                && before.kind(twin).isFile()
                && after.size(node) > 0
                && after.size(node) == before.size(twin)
                && !origins.areOneLayer(before.layerOf(twin), after.layerOf(node));
    }

    /// Both have extended attributes, which only a look tells apart: directories, and files that are looked
    /// into or hold nothing.
    private boolean mayHaveOthers(int node) {
        if (isOld(node) || !after.hasAttributes(node) || pairs.twinBefore(node) == FileTree.NONE) {
            return false;
        }
        int twin = pairs.twinBefore(node);
        boolean files =
                after.kind(node).isFile() && before.kind(twin).isFile() && after.size(node) == before.size(twin);
        return before.hasAttributes(twin)
                && (files || PairedTrees.isDirectory(after, node))
                && !origins.areOneLayer(before.layerOf(twin), after.layerOf(node));
    }

    private boolean mayDiffer(int node) {
        return mayHoldOther(node) || mayHaveOthers(node);
    }

    private boolean isUnknown(int node) {
        return contents.map(known -> known.unread().has(pairs.comparedAs(node))).orElse(true);
    }

    /// Whether nobody has compared the contents of a file that both have, of equal size and from different layers.
    public boolean isUncompared(int node) {
        return mayHoldOther(node) && isUnknown(node);
    }

    /// All files of which that is so, and all directories and empty files whose extended attributes nobody
    /// has compared, in ascending order. Of those that are one file in both there is one.
    public IntStream uncompared() {
        return IntStream.range(FileTree.ROOT + 1, old)
                .filter(node -> PairedTrees.isThere(after, node)
                        && mayDiffer(node)
                        && isUnknown(node)
                        && pairs.comparedAs(node) == node);
    }

    private boolean differsInContent(int node) {
        if (contents.isEmpty() || !mayHoldOther(node)) {
            return false;
        }
        int read = pairs.comparedAs(node);
        return contents.get().differing().has(read) && !contents.get().unread().has(read);
    }

    private boolean differsInAttributes(int node) {
        if (contents.isEmpty() || !mayDiffer(node)) {
            return false;
        }
        int read = pairs.comparedAs(node);
        return contents.get().attributes().has(read) && !contents.get().unread().has(read);
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
        private int unseen;
        private int attributes;
        private int directories;
        private long addedBytes;
        private long removedBytes;
        private long changedFrom;
        private long changedTo;
        private long names;

        void content(int node) {
            if (pairs.comparedAs(node) != node) {
                return;
            }
            attributes += differsInAttributes(node) ? 1 : 0;
            if (!mayHoldOther(node)) {
                unseen += isUnknown(node) ? 1 : 0;
            } else if (isUncompared(node)) {
                uncompared++;
                uncomparedBytes += 2 * after.size(node);
            } else {
                compared++;
                differing += differsInContent(node) ? 1 : 0;
            }
        }

        void removed(int node) {
            removedBytes += bytes(before, node);
            if (PairedTrees.isDirectory(before, node)) {
                directories++;
            } else {
                removed++;
            }
        }

        void present(int node, FileChange change) {
            if (PairedTrees.isDirectory(after, node)) {
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
                    changedFrom += bytes(before, pairs.twinBefore(node));
                    changedTo += bytes(after, node);
                }
                case NONE -> {
                    same++;
                    names += bytes(after, node) - bytes(before, pairs.twinBefore(node));
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
                    new Contents(uncompared, uncomparedBytes, compared, differing, unseen, attributes));
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
        int twin = pairs.twinBefore(node);
        note(found, FileDifference.KIND, pairs.isOfOtherKind(twin, node));
        note(found, FileDifference.SIZE, before.size(twin) != after.size(node));
        note(found, FileDifference.CONTENT, differsInContent(node));
        note(found, FileDifference.MODE, before.mode(twin) != after.mode(node));
        note(found, FileDifference.OWNER, before.uid(twin) != after.uid(node) || before.gid(twin) != after.gid(node));
        note(found, FileDifference.LINK, pairs.saysOther(twin, node));
        note(
                found,
                FileDifference.ATTRIBUTES,
                before.hasAttributes(twin) != after.hasAttributes(node) || differsInAttributes(node));
        note(found, FileDifference.TIME, pairs.differsInTime(node, twin));
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
        return own(after, node) - (pairs.twinBefore(node) == FileTree.NONE ? 0 : own(before, pairs.twinBefore(node)));
    }

    private static long own(FileTree tree, int node) {
        return PairedTrees.isDirectory(tree, node) ? tree.total(node) : bytes(tree, node);
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
        return isOld(node) ? node - old : pairs.twinBefore(node);
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

    private int[] gone(IntStream nodes) {
        return nodes.filter(pairs::isGone).map(node -> node + old).toArray();
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
        return pairs.twinAfter(parent) == FileTree.NONE ? parent + old : pairs.twinAfter(parent);
    }

    @Override
    public int[] children(int directory) {
        if (isOld(directory)) {
            return gone(Arrays.stream(before.children(directory - old)));
        }
        int twin = pairs.twinBefore(directory);
        int[] gone = twin == FileTree.NONE ? new int[0] : gone(Arrays.stream(before.children(twin)));
        return joined(present(after.children(directory)), gone);
    }

    private int[] present(int[] nodes) {
        return Arrays.stream(nodes)
                .filter(node -> PairedTrees.isThere(after, node))
                .toArray();
    }

    @Override
    public int find(FilePath path) {
        int now = after.find(path);
        if (now != FileTree.NONE && PairedTrees.isThere(after, now)) {
            return now;
        }
        int then = before.find(path);
        return then != FileTree.NONE && pairs.isGone(then) ? then + old : FileTree.NONE;
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

    @Override
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
