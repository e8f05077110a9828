package io.darsena.bridge.layer;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// Lays layers on each other, the lowest first, and makes a [FileTree] of them. Of each layer what it hides is to
/// be told before what it brings: a whiteout is about the layers below, wherever in its tar it stands.
///
/// Of several names of one file the first is a [FileKind#FILE] and has its bytes; the others are a
/// [FileKind#HARD_LINK] each, which says the path of the first. When the first one goes and others stay, the next is
/// the file.
///
/// Used by one thread. After [#build] it is used up.
public final class FileTreeBuilder {

    private static final int ROOT_MODE = 0755;

    private final FileColumns columns;
    private final Losses losses;
    private final FileNames names = new FileNames();

    /// Those that this layer has made the first name of a file: until it ends they still say what they said.
    private int[] heirs = new int[0];

    private int heirCount;
    private int layer;
    private boolean uppermost;
    private long leftOut;
    private int[] stack = new int[64];

    /// Told of each file of a layer below that a layer hides, before it is hidden.
    public interface Losses {
        /// @param broughtBy the layer that brought it
        /// @param bytes of the file
        /// @param last the file has no other name, so that its bytes are hidden with it
        void lost(int node, int broughtBy, long bytes, boolean last);
    }

    /// @param expected about how many entries all layers have
    public FileTreeBuilder(int expected) {
        this(expected, (node, broughtBy, bytes, last) -> {});
    }

    public FileTreeBuilder(int expected, Losses losses) {
        this.losses = losses;
        columns = new FileColumns(expected);
        int root = columns.add(FileTree.NONE, new byte[0], 0, 0);
        columns.set(root, FileKind.DIRECTORY, ROOT_MODE, 0, 0);
        columns.setOwner(root, 0, 0);
        columns.setAlive(root, true);
    }

    /// What follows is about this layer.
    ///
    /// @param number the lowest is 1
    /// @param last the tree is one of what this layer does
    public void begin(int number, boolean last) {
        settleHeirs();
        layer = number;
        uppermost = last;
    }

    /// What is known under a name in a directory, though it may be gone; or [FileTree#NONE].
    public int child(int directory, byte[] bytes, int from, int to) {
        return columns.child(directory, bytes, from, to);
    }

    public boolean isThere(int node) {
        return columns.isAlive(node);
    }

    public FileKind kind(int node) {
        return columns.kind(node);
    }

    public int parent(int node) {
        return columns.parent(node);
    }

    /// The layer that shows it as it is.
    public int layerOf(int node) {
        return columns.layer(node);
    }

    /// Without a leading slash.
    public String path(int node) {
        return columns.path(node);
    }

    /// As [#path], the very bytes.
    public FilePath filePath(int node) {
        return FilePath.of(columns.rawPath(node));
    }

    /// Bytes of a file.
    public long size(int node) {
        return columns.size(node);
    }

    /// Greater than the number of any entry so far.
    public int limit() {
        return columns.count();
    }

    /// What a symbolic link says.
    public byte[] link(int node) {
        return columns.link(node);
    }

    /// A whiteout: hides an entry of a layer below, with all that is in it.
    public void hide(int node) {
        if (columns.isAlive(node) && node != FileTree.ROOT) {
            remove(node, uppermost ? FileChange.REMOVED : FileChange.NONE);
        }
    }

    /// An opaque directory: hides what layers below have in it.
    ///
    /// @param hidden told of each
    public void hideAllIn(int directory, IntConsumer hidden) {
        for (int node = columns.firstChild(directory); node != FileTree.NONE; node = columns.nextSibling(node)) {
            if (columns.isAlive(node)) {
                hide(node);
                hidden.accept(node);
            }
        }
    }

    private void remove(int node, FileChange mark) {
        int depth = 0;
        push(depth++, node);
        while (depth > 0) {
            int next = stack[--depth];
            lose(next);
            columns.setAlive(next, false);
            columns.setChange(next, mark);
            for (int child = columns.firstChild(next); child != FileTree.NONE; child = columns.nextSibling(child)) {
                // What is not there any more may be marked as removed: where no directory is left, nothing shows that.
                if (columns.isAlive(child) || mark == FileChange.NONE && columns.change(child) == FileChange.REMOVED) {
                    push(depth++, child);
                }
            }
        }
    }

    private void lose(int node) {
        if (!columns.isAlive(node) || !columns.kind(node).isFile()) {
            return;
        }
        boolean last = names.isAlone(node);
        if (columns.layer(node) < layer) {
            losses.lost(node, columns.layer(node), columns.size(node), last);
        }
        if (columns.kind(node) == FileKind.FILE) {
            if (!last) {
                inherit(names.next(node));
            }
            if (columns.hasLink(node)) {
                // One more name is what it was when the layer began.
                columns.setKind(node, FileKind.HARD_LINK);
            }
        }
        names.leave(node);
    }

    private void inherit(int heir) {
        columns.setKind(heir, FileKind.FILE);
        if (heirCount == heirs.length) {
            heirs = Arrays.copyOf(heirs, Math.max(16, heirCount * 2));
        }
        heirs[heirCount++] = heir;
    }

    private void settleHeirs() {
        for (int i = 0; i < heirCount; i++) {
            if (columns.isAlive(heirs[i]) && columns.kind(heirs[i]) == FileKind.FILE) {
                columns.setLink(heirs[i], new byte[0], 0, 0);
            }
        }
        heirCount = 0;
    }

    private void push(int depth, int node) {
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, depth * 2);
        }
        stack[depth] = node;
    }

    /// A directory that no entry of the layer names: it looks as the layers below say, or is root's where they have
    /// none.
    ///
    /// @return its number
    public int imply(int directory, byte[] bytes, int from, int to) {
        int node = columns.child(directory, bytes, from, to);
        if (node != FileTree.NONE && columns.isAlive(node) && columns.kind(node) == FileKind.DIRECTORY) {
            return node;
        }
        return put(directory, bytes, from, to, FileKind.DIRECTORY, new Facts(ROOT_MODE, 0, 0, 0, 0, 0, false, false));
    }

    /// @param mode permissions, with set-id and sticky bits
    /// @param size bytes of a file, else 0
    /// @param seconds since 1970
    public record Facts(
            int mode, long uid, long gid, long size, long seconds, int nanos, boolean attributes, boolean leftOut) {}

    /// Brings an entry in the place of what is there; a directory in the place of a directory keeps what is in it.
    ///
    /// @return its number
    /// @throws IllegalArgumentException for a name of more than 255 bytes
    public int put(int directory, byte[] bytes, int from, int to, FileKind kind, Facts facts) {
        int node = to == from ? FileTree.ROOT : columns.childOrNew(directory, bytes, from, to);
        boolean there = columns.isAlive(node);
        boolean below = there ? columns.layer(node) < layer : columns.change(node) == FileChange.REMOVED;
        FileChange before = columns.change(node);
        boolean stays = there && kind == FileKind.DIRECTORY && columns.kind(node) == kind;
        if (there && !stays) {
            remove(node, FileChange.NONE);
            columns.setChange(node, before);
        }
        if (uppermost && node != FileTree.ROOT && (below || !there)) {
            boolean same = stays
                    && columns.mode(node) == facts.mode()
                    && columns.uid(node) == facts.uid()
                    && columns.gid(node) == facts.gid();
            columns.setChange(node, !below ? FileChange.ADDED : same ? FileChange.NONE : FileChange.CHANGED);
        }
        int flags = (facts.attributes() ? FileColumns.ATTRIBUTES : 0) | (facts.leftOut() ? FileColumns.LEFT_OUT : 0);
        columns.set(node, kind, facts.mode(), layer, flags);
        columns.setAlive(node, true);
        columns.setOwner(node, facts.uid(), facts.gid());
        columns.setSize(node, facts.size());
        columns.setTime(node, facts.seconds(), facts.nanos());
        columns.setLink(node, bytes, 0, 0);
        return node;
    }

    /// What the layer has brought last is what was there below: it has changed nothing.
    public void asBelow(int node) {
        if (columns.change(node) == FileChange.CHANGED) {
            columns.setChange(node, FileChange.NONE);
        }
    }

    /// Gives an entry the text of its link, or its device's numbers.
    public void link(int node, byte[] bytes, int from, int to) {
        columns.setLink(node, bytes, from, to);
    }

    /// Makes an entry one more name of what another one is: of a file, which may have more names already, a hard link;
    /// of a symbolic link, a device or a pipe the same once more. It is one of this layer.
    public void likeTarget(int node, int target) {
        if (node == target) {
            return;
        }
        columns.copy(target, node);
        if (columns.kind(target) == FileKind.FILE) {
            names.joinBefore(node, target);
        } else if (columns.kind(target) == FileKind.HARD_LINK) {
            names.joinAfter(node, target);
        } else {
            columns.setKind(node, columns.kind(target));
            columns.shareLink(target, node);
        }
    }

    /// Whether the layer has brought what none below has.
    public boolean isAdded(int node) {
        return columns.isAlive(node) && columns.change(node) == FileChange.ADDED;
    }

    /// Whether nothing is in a directory.
    public boolean isEmpty(int directory) {
        int node = columns.firstChild(directory);
        while (node != FileTree.NONE && !columns.isAlive(node)) {
            node = columns.nextSibling(node);
        }
        return node == FileTree.NONE;
    }

    /// Takes back what the layer has added; of a directory, one that is empty.
    public void takeBack(int node) {
        names.leave(node);
        columns.setAlive(node, false);
        columns.setChange(node, FileChange.NONE);
    }

    /// Something that the layer has is in no tree.
    public void leaveOut(long count) {
        leftOut += count;
    }

    public FileTree build() {
        settleHeirs();
        nameFirsts();
        return new FileTree(columns, layer, leftOut);
    }

    /// Makes the other names of each file say its first one.
    private void nameFirsts() {
        for (int node = FileTree.ROOT + 1; node < columns.count() && !names.isEmpty(); node++) {
            if (columns.kind(node) == FileKind.FILE && !names.isAlone(node)) {
                nameFirst(node);
            }
        }
    }

    private void nameFirst(int first) {
        byte[] path = columns.rawPath(first);
        int renamed = FileTree.NONE;
        for (int name = names.next(first); name != first; name = names.next(name)) {
            if (!columns.says(name, path)) {
                if (renamed == FileTree.NONE) {
                    columns.setLink(name, path, 0, path.length);
                } else {
                    columns.shareLink(renamed, name);
                }
                renamed = name;
            }
        }
    }
}
