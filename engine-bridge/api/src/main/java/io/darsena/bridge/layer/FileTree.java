package io.darsena.bridge.layer;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/// The files of an image up to one of its layers, merged as an overlay merges them (OCI image-spec, layer), and what
/// that layer, the *uppermost*, did.
///
/// Entries are numbers: [#ROOT], and others below [#limit], of which those count that [#isShown]. An entry takes some
/// fifty bytes and its name, so that an image of a million files can be looked at. Immutable.
public final class FileTree implements FileListing {

    /// The entry of `/`.
    public static final int ROOT = 0;

    /// What the numbers of [#children] and parents are where there is none.
    public static final int NONE = -1;

    /// What the written form begins with: "DFT" and its version.
    private static final int FORM = 0x44465402;

    private final FileColumns columns;
    private final int layer;
    private final long leftOut;
    private final int[] places;
    private final long[] totals;
    private final long[] brought;
    private final int[] files;
    private final int[] touched;

    /// @param columns not to be changed any more
    FileTree(FileColumns columns, int layer, long leftOut) {
        this.columns = columns;
        this.layer = layer;
        this.leftOut = leftOut;
        int directories = 0;
        places = new int[columns.count()];
        for (int node = 0; node < columns.count(); node++) {
            places[node] = columns.kind(node) == FileKind.DIRECTORY ? directories++ : NONE;
        }
        totals = new long[directories];
        brought = new long[directories];
        files = new int[directories];
        touched = new int[directories];
        sum();
    }

    /// A directory has a smaller number than what is in it.
    private void sum() {
        for (int node = columns.count() - 1; node > ROOT; node--) {
            FileChange change = columns.change(node);
            int place = places[columns.parent(node)];
            boolean there = columns.isAlive(node);
            if (place == NONE || !there && change != FileChange.REMOVED) {
                continue;
            }
            boolean directory = places[node] != NONE;
            boolean mark = change != FileChange.NONE;
            touched[place] += (mark ? 1 : 0) + (directory ? touched[places[node]] : 0);
            if (!there && columns.isAlive(columns.parent(node))) {
                continue;
            }
            long own = directory || columns.kind(node) == FileKind.HARD_LINK ? 0 : columns.size(node);
            totals[place] += directory ? totals[places[node]] : own;
            brought[place] += directory ? brought[places[node]] : mark ? own : 0;
            files[place] += directory ? files[places[node]] : 1;
        }
    }

    /// The number of the uppermost layer, the lowest being 1.
    public int layer() {
        return layer;
    }

    /// How much of what a container has written is not in it: sockets, which no layer can have, and what may not be
    /// read.
    public long leftOut() {
        return leftOut;
    }

    /// Greater than the number of any entry.
    public int limit() {
        return columns.count();
    }

    /// It is in the tree, or was until the uppermost layer removed it.
    public boolean isShown(int node) {
        return columns.isAlive(node) || columns.change(node) == FileChange.REMOVED;
    }

    @Override
    public int parent(int node) {
        return columns.parent(node);
    }

    @Override
    public int[] children(int directory) {
        if (kind(directory) != FileKind.DIRECTORY) {
            return new int[0];
        }
        int[] found = new int[16];
        int count = 0;
        for (int node = columns.firstChild(directory); node != NONE; node = columns.nextSibling(node)) {
            if (!isShown(node)) {
                continue;
            }
            if (count == found.length) {
                found = Arrays.copyOf(found, count * 2);
            }
            found[count++] = node;
        }
        return Arrays.copyOf(found, count);
    }

    @Override
    public int find(FilePath path) {
        return find(ROOT, path);
    }

    /// As [#find(FilePath)], from a directory on.
    public int find(int directory, FilePath path) {
        return find(directory, path.bytes());
    }

    private int find(int directory, byte[] bytes) {
        int node = directory;
        for (int from = 0; from < bytes.length; ) {
            int to = from;
            while (to < bytes.length && bytes[to] != '/') {
                to++;
            }
            node = columns.child(node, bytes, from, to);
            if (node == NONE || !isShown(node)) {
                return NONE;
            }
            from = to + 1;
        }
        return node;
    }

    @Override
    public String name(int node) {
        return new String(rawName(node), StandardCharsets.UTF_8);
    }

    /// The bytes of a name, which need not be UTF-8.
    public byte[] rawName(int node) {
        return columns.name(node);
    }

    @Override
    public int compareNames(int one, int other) {
        return columns.compareNames(one, columns, other);
    }

    /// As [#compareNames(int, int)], with a name of another tree.
    int compareNames(int one, FileTree others, int other) {
        return columns.compareNames(one, others.columns, other);
    }

    /// What another tree's entry is called is known under that name in a directory here, shown or not; or [#NONE].
    int childNamedAs(int directory, FileTree others, int node) {
        return columns.childNamedAs(directory, others.columns, node);
    }

    /// Both links say the same.
    boolean saysAs(int node, FileTree others, int other) {
        return columns.saysAs(node, others.columns, other);
    }

    /// Both were modified at the same time.
    boolean isOfTime(int node, FileTree others, int other) {
        return columns.isOfTime(node, others.columns, other);
    }

    @Override
    public String path(int node) {
        return columns.path(node);
    }

    @Override
    public FilePath filePath(int node) {
        return FilePath.of(columns.rawPath(node));
    }

    /// Whether it is in the tree, and not only what the uppermost layer removed.
    public boolean isThere(int node) {
        return columns.isAlive(node);
    }

    /// How many directories it lies in; 0 for the root.
    public int depth(int node) {
        return columns.depth(node);
    }

    @Override
    public FileKind kind(int node) {
        return columns.kind(node);
    }

    /// All names of the file that an entry is one of; of what is no file the entry alone.
    public int[] names(int node) {
        if (!kind(node).isFile()) {
            return new int[] {node};
        }
        int first = firstName(node);
        return IntStream.range(ROOT + 1, limit())
                .filter(each -> isThere(each) && kind(each).isFile() && firstName(each) == first)
                .toArray();
    }

    /// The entry that has the bytes of a file: of a hard link the first name, which it says; else itself.
    int firstName(int node) {
        if (kind(node) != FileKind.HARD_LINK) {
            return node;
        }
        int first = find(ROOT, columns.link(node));
        return first != NONE && isThere(first) && kind(first) == FileKind.FILE ? first : node;
    }

    @Override
    public FileChange change(int node) {
        return columns.change(node);
    }

    /// The layer that shows it as it is; of what is removed the one that had it.
    @Override
    public int layerOf(int node) {
        return columns.layer(node);
    }

    /// Bytes of a file, or of the file that a hard link is one more name of; else 0.
    public long size(int node) {
        return columns.size(node);
    }

    @Override
    public long total(int node) {
        return places[node] == NONE ? size(node) : totals[places[node]];
    }

    /// Of [#total] the bytes that the uppermost layer has brought.
    public long brought(int node) {
        if (places[node] != NONE) {
            return brought[places[node]];
        }
        return change(node) == FileChange.NONE ? 0 : size(node);
    }

    /// How many entries below a directory are none; else 1.
    public int files(int node) {
        return places[node] == NONE ? 1 : files[places[node]];
    }

    /// How many entries below a directory the uppermost layer has added, changed or removed.
    @Override
    public int touched(int node) {
        return places[node] == NONE ? 0 : touched[places[node]];
    }

    @Override
    public int mode(int node) {
        return columns.mode(node);
    }

    @Override
    public long uid(int node) {
        return columns.uid(node);
    }

    @Override
    public long gid(int node) {
        return columns.gid(node);
    }

    @Override
    public Instant modifiedAt(int node) {
        return columns.modifiedAt(node);
    }

    @Override
    public String link(int node) {
        return new String(columns.link(node), StandardCharsets.UTF_8);
    }

    /// As [#link], the very bytes.
    public byte[] rawLink(int node) {
        return columns.link(node);
    }

    @Override
    public boolean hasAttributes(int node) {
        return columns.flag(node, FileColumns.ATTRIBUTES);
    }

    @Override
    public boolean isLeftOut(int node) {
        return columns.flag(node, FileColumns.LEFT_OUT);
    }

    /// The shown entries but the root that a filter lets through, those of a layer in the order of its tar.
    @Override
    public int[] matching(FileFilter filter) {
        NameSearch search = new NameSearch(this, filter.words());
        int[] found = new int[64];
        int count = 0;
        for (int node = ROOT + 1; node < limit(); node++) {
            if (isShown(node) && matches(node, filter) && search.finds(node)) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = node;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private boolean matches(int node, FileFilter filter) {
        return (!filter.changed() || change(node) != FileChange.NONE)
                && (filter.kinds().isEmpty() || filter.kinds().contains(kind(node)))
                && (filter.smallest() == 0 || size(node) >= filter.smallest());
    }

    /// Writes it in a form that [#read] understands, which is that of one version of Darsena. The stream stays open.
    public void write(OutputStream out) throws IOException {
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(FORM);
        data.writeInt(layer);
        data.writeLong(leftOut);
        columns.write(data);
        data.flush();
    }

    /// What comes is no tree, or one of another version of Darsena.
    public static final class ForeignFormException extends IOException {
        private static final long serialVersionUID = 1L;

        ForeignFormException(String message) {
            super(message);
        }
    }

    /// @throws ForeignFormException when another version wrote it
    /// @throws IOException also when what comes is damaged
    public static FileTree read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        if (data.readInt() != FORM) {
            throw new ForeignFormException("it does not tell an image's files as this version does");
        }
        int layer = data.readInt();
        long leftOut = data.readLong();
        FileColumns columns = FileColumns.read(data);
        for (int node = ROOT; node < columns.count(); node++) {
            if (columns.layer(node) > layer) {
                throw new IOException("not the files of an image: entry " + node);
            }
        }
        return new FileTree(columns, layer, leftOut);
    }

    /// Finds words in names, without making a text of each.
    private static final class NameSearch {

        private final FileTree tree;
        private final String words;
        private final byte[] bytes;
        private final boolean plain;

        NameSearch(FileTree tree, String words) {
            this.tree = tree;
            this.words = words.toLowerCase(Locale.ROOT);
            this.bytes = this.words.getBytes(StandardCharsets.UTF_8);
            this.plain = bytes.length == words.length() && words.indexOf('/') < 0;
        }

        boolean finds(int node) {
            if (bytes.length == 0) {
                return true;
            }
            if (plain) {
                return tree.columns.nameHas(node, bytes);
            }
            String where = words.indexOf('/') < 0 ? tree.name(node) : "/" + tree.path(node);
            return where.toLowerCase(Locale.ROOT).contains(words);
        }
    }
}
