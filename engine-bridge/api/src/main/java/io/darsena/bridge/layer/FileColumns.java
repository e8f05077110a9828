package io.darsena.bridge.layer;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/// What a [FileTree] knows of its entries, a column a fact. Written by one thread, and then by none.
final class FileColumns {

    static final int ATTRIBUTES = 1 << 31;
    static final int LEFT_OUT = 1 << 30;
    private static final int ALIVE = 1 << 29;
    private static final int CHANGE_SHIFT = 27;
    private static final int KIND_SHIFT = 24;
    private static final int LAYER_SHIFT = 12;
    private static final int MODE = 0xfff;
    private static final int LAYER = 0xfff;
    private static final int KIND = 0b111;
    private static final int CHANGE = 0b11;

    /// Times are kept as seconds and nanoseconds in one number, which reaches from 1697 to 2242.
    private static final int NANOS_BITS = 30;

    private static final long LATEST = (1L << 33) - 1;
    private static final long EARLIEST = -(1L << 33);

    private static final int LARGEST_NAME = 255;

    /// Room that is taken on somebody's word.
    private static final int MOST_AT_ONCE = 1 << 16;

    private static final FileKind[] KINDS = FileKind.values();
    private static final FileChange[] CHANGES = FileChange.values();

    private int count;
    private int[] parents;
    private int[] firsts;
    private int[] nexts;
    private int[] nameAt;
    private int[] linkAt;
    private int[] facts;
    private int[] owners;
    private long[] sizes;
    private long[] times;

    /// Names as a byte of length and the bytes; links as two bytes of length and the bytes.
    private byte[] text;

    private int textEnd;

    /// Numbers by the hash of parent and name, open addressing.
    private int[] table;

    private long[] knownOwners = new long[8];
    private int ownerCount;
    private int lastOwner;

    FileColumns(int expected) {
        int room = Math.max(16, expected + 1);
        parents = new int[room];
        firsts = new int[room];
        nexts = new int[room];
        nameAt = new int[room];
        linkAt = new int[room];
        facts = new int[room];
        owners = new int[room];
        sizes = new long[room];
        times = new long[room];
        text = new byte[room * 16];
        table = emptyTable(room);
    }

    /// As [#write] has written it.
    ///
    /// @throws IOException also when it is none
    static FileColumns read(DataInputStream in) throws IOException {
        int entries = in.readInt();
        int textLength = in.readInt();
        int ownerCount = in.readInt();
        if (entries < 1 || textLength < 0 || ownerCount < 1) {
            throw new IOException("not the files of an image");
        }
        FileColumns columns = new FileColumns(Math.min(entries, MOST_AT_ONCE));
        columns.text = ColumnBytes.bytes(in, textLength);
        columns.textEnd = textLength;
        columns.parents = ColumnBytes.ints(in, entries);
        columns.nameAt = ColumnBytes.ints(in, entries);
        columns.linkAt = ColumnBytes.ints(in, entries);
        columns.facts = ColumnBytes.ints(in, entries);
        columns.owners = ColumnBytes.ints(in, entries);
        columns.sizes = ColumnBytes.longs(in, entries);
        columns.times = ColumnBytes.longs(in, entries);
        columns.knownOwners = ColumnBytes.longs(in, ownerCount);
        columns.ownerCount = ownerCount;
        columns.firsts = new int[entries];
        columns.nexts = new int[entries];
        columns.count = entries;
        columns.join();
        return columns;
    }

    /// All but what [#join] finds again.
    void write(DataOutputStream out) throws IOException {
        out.writeInt(count);
        out.writeInt(textEnd);
        out.writeInt(ownerCount);
        out.write(text, 0, textEnd);
        ColumnBytes.write(out, parents, count);
        ColumnBytes.write(out, nameAt, count);
        ColumnBytes.write(out, linkAt, count);
        ColumnBytes.write(out, facts, count);
        ColumnBytes.write(out, owners, count);
        ColumnBytes.write(out, sizes, count);
        ColumnBytes.write(out, times, count);
        ColumnBytes.write(out, knownOwners, ownerCount);
    }

    /// Finds the entries of each directory, and each by its name.
    private void join() throws IOException {
        table = emptyTable(count);
        Arrays.fill(firsts, FileTree.NONE);
        Arrays.fill(nexts, FileTree.NONE);
        for (int node = 0; node < count; node++) {
            check(node);
            if (node > 0) {
                int at = nameAt[node] + 1;
                nexts[node] = firsts[parents[node]];
                firsts[parents[node]] = node;
                table[slot(parents[node], text, at, at + (text[at - 1] & 0xff))] = node;
            }
        }
    }

    private void check(int node) throws IOException {
        int name = nameAt[node];
        int link = linkAt[node];
        boolean right = (node == 0 ? parents[node] == FileTree.NONE : parents[node] >= 0 && parents[node] < node)
                && name >= 0
                && name < textEnd
                && name + 1 + (text[name] & 0xff) <= textEnd
                && link >= FileTree.NONE
                && link + 2 <= textEnd
                && (link < 0 || link + 2 + ((text[link] & 0xff) << 8 | text[link + 1] & 0xff) <= textEnd)
                && owners[node] >= 0
                && owners[node] < ownerCount
                && (facts[node] >> KIND_SHIFT & KIND) < KINDS.length;
        if (!right) {
            throw new IOException("not the files of an image: entry " + node);
        }
    }

    /// How many the table has at least, so that a third of them is free.
    private static int places(int room) {
        return room + (room >> 1);
    }

    private static int[] emptyTable(int room) {
        int[] table = new int[Integer.highestOneBit(places(room)) * 2];
        Arrays.fill(table, FileTree.NONE);
        return table;
    }

    int count() {
        return count;
    }

    /// The entry of this name, which may be new, and is not alive then.
    int childOrNew(int parent, byte[] bytes, int from, int to) {
        int at = slot(parent, bytes, from, to);
        return table[at] == FileTree.NONE ? add(parent, bytes, from, to, at) : table[at];
    }

    /// A new entry, which is not alive.
    ///
    /// @param parent [FileTree#NONE] for the root
    int add(int parent, byte[] bytes, int from, int to) {
        return add(parent, bytes, from, to, parent == FileTree.NONE ? 0 : slot(parent, bytes, from, to));
    }

    private int add(int parent, byte[] bytes, int from, int to, int free) {
        int length = to - from;
        if (length > LARGEST_NAME) {
            throw new IllegalArgumentException("a name of " + length + " bytes");
        }
        int place = free;
        if (count == parents.length && grow() && parent != FileTree.NONE) {
            place = slot(parent, bytes, from, to);
        }
        int node = count++;
        parents[node] = parent;
        firsts[node] = FileTree.NONE;
        linkAt[node] = FileTree.NONE;
        nameAt[node] = textEnd;
        reserve(length + 1);
        text[textEnd++] = (byte) length;
        System.arraycopy(bytes, from, text, textEnd, length);
        textEnd += length;
        if (parent != FileTree.NONE) {
            nexts[node] = firsts[parent];
            firsts[parent] = node;
            table[place] = node;
        } else {
            nexts[node] = FileTree.NONE;
        }
        return node;
    }

    /// @return whether entries have other places in the table now
    private boolean grow() {
        int room = parents.length + (parents.length >> 1);
        parents = Arrays.copyOf(parents, room);
        firsts = Arrays.copyOf(firsts, room);
        nexts = Arrays.copyOf(nexts, room);
        nameAt = Arrays.copyOf(nameAt, room);
        linkAt = Arrays.copyOf(linkAt, room);
        facts = Arrays.copyOf(facts, room);
        owners = Arrays.copyOf(owners, room);
        sizes = Arrays.copyOf(sizes, room);
        times = Arrays.copyOf(times, room);
        if (table.length >= places(room)) {
            return false;
        }
        table = emptyTable(room);
        for (int node = 1; node < count; node++) {
            int at = nameAt[node] + 1;
            table[slot(parents[node], text, at, at + (text[at - 1] & 0xff))] = node;
        }
        return true;
    }

    private void reserve(int more) {
        if (text.length - textEnd < more) {
            text = Arrays.copyOf(text, Math.max(textEnd + more, text.length + (text.length >> 1)));
        }
    }

    /// The entry of this name, alive or not, or [FileTree#NONE].
    int child(int parent, byte[] bytes, int from, int to) {
        return table[slot(parent, bytes, from, to)];
    }

    private int slot(int parent, byte[] bytes, int from, int to) {
        int hash = parent * 0x9E3779B9;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        hash ^= hash >>> 15;
        int mask = table.length - 1;
        int at = hash & mask;
        while (table[at] != FileTree.NONE && !is(table[at], parent, bytes, from, to)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private boolean is(int node, int parent, byte[] bytes, int from, int to) {
        int at = nameAt[node];
        return parents[node] == parent
                && (text[at] & 0xff) == to - from
                && Arrays.equals(text, at + 1, at + 1 + to - from, bytes, from, to);
    }

    int parent(int node) {
        return parents[node];
    }

    int firstChild(int node) {
        return firsts[node];
    }

    int nextSibling(int node) {
        return nexts[node];
    }

    byte[] name(int node) {
        int at = nameAt[node] + 1;
        return Arrays.copyOfRange(text, at, at + (text[at - 1] & 0xff));
    }

    int depth(int node) {
        int depth = 0;
        for (int at = node; at != FileTree.ROOT; at = parents[at]) {
            depth++;
        }
        return depth;
    }

    String path(int node) {
        String[] parts = new String[depth(node)];
        for (int at = node, i = parts.length - 1; i >= 0; i--, at = parents[at]) {
            parts[i] = new String(name(at), StandardCharsets.UTF_8);
        }
        return String.join("/", parts);
    }

    /// The bytes of [#path].
    byte[] rawPath(int node) {
        int length = 0;
        for (int at = node; at > FileTree.ROOT; at = parents[at]) {
            length += (text[nameAt[at]] & 0xff) + 1;
        }
        byte[] path = new byte[Math.max(0, length - 1)];
        int to = path.length;
        for (int at = node; at > FileTree.ROOT; at = parents[at]) {
            int name = text[nameAt[at]] & 0xff;
            to -= name;
            System.arraycopy(text, nameAt[at] + 1, path, to, name);
            if (to > 0) {
                path[--to] = '/';
            }
        }
        return path;
    }

    int compareNames(int one, FileColumns others, int other) {
        int a = nameAt[one] + 1;
        int b = others.nameAt[other] + 1;
        byte[] theirs = others.text;
        return Arrays.compareUnsigned(text, a, a + (text[a - 1] & 0xff), theirs, b, b + (theirs[b - 1] & 0xff));
    }

    /// The entry that is called as an entry of others is, alive or not, or [FileTree#NONE].
    int childNamedAs(int parent, FileColumns others, int node) {
        int at = others.nameAt[node] + 1;
        return child(parent, others.text, at, at + (others.text[at - 1] & 0xff));
    }

    boolean saysAs(int node, FileColumns others, int other) {
        int a = linkAt[node];
        int b = others.linkAt[other];
        return a == FileTree.NONE || b == FileTree.NONE
                ? a == b
                : Arrays.equals(text, a, a + 2 + linkLength(a), others.text, b, b + 2 + others.linkLength(b));
    }

    private int linkLength(int at) {
        return (text[at] & 0xff) << 8 | text[at + 1] & 0xff;
    }

    boolean isOfTime(int node, FileColumns others, int other) {
        return times[node] == others.times[other];
    }

    /// @param sought in small letters
    boolean nameHas(int node, byte[] sought) {
        int from = nameAt[node] + 1;
        int last = from + (text[from - 1] & 0xff) - sought.length;
        byte first = sought[0];
        byte capital = capital(first);
        byte[] bytes = text;
        for (int at = from; at <= last; at++) {
            byte each = bytes[at];
            if ((each == first || each == capital) && continues(at, sought)) {
                return true;
            }
        }
        return false;
    }

    private boolean continues(int at, byte[] sought) {
        for (int i = 1; i < sought.length; i++) {
            if (small(text[at + i]) != sought[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte capital(byte letter) {
        return letter >= 'a' && letter <= 'z' ? (byte) (letter - ('a' - 'A')) : letter;
    }

    private static byte small(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? (byte) (letter + ('a' - 'A')) : letter;
    }

    byte[] link(int node) {
        int at = linkAt[node];
        if (at == FileTree.NONE) {
            return new byte[0];
        }
        return Arrays.copyOfRange(text, at + 2, at + 2 + linkLength(at));
    }

    void setLink(int node, byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 0) {
            linkAt[node] = FileTree.NONE;
            return;
        }
        reserve(length + 2);
        linkAt[node] = textEnd;
        text[textEnd++] = (byte) (length >> 8);
        text[textEnd++] = (byte) length;
        System.arraycopy(bytes, from, text, textEnd, length);
        textEnd += length;
    }

    boolean hasLink(int node) {
        return linkAt[node] != FileTree.NONE;
    }

    /// Both say the same from now on, which is kept once.
    void shareLink(int from, int to) {
        linkAt[to] = linkAt[from];
    }

    boolean says(int node, byte[] link) {
        int at = linkAt[node];
        return at != FileTree.NONE && Arrays.equals(text, at + 2, at + 2 + linkLength(at), link, 0, link.length);
    }

    FileKind kind(int node) {
        return KINDS[facts[node] >> KIND_SHIFT & KIND];
    }

    void setKind(int node, FileKind kind) {
        facts[node] = facts[node] & ~(KIND << KIND_SHIFT) | kind.ordinal() << KIND_SHIFT;
    }

    FileChange change(int node) {
        return CHANGES[facts[node] >> CHANGE_SHIFT & CHANGE];
    }

    void setChange(int node, FileChange change) {
        facts[node] = facts[node] & ~(CHANGE << CHANGE_SHIFT) | change.ordinal() << CHANGE_SHIFT;
    }

    boolean isAlive(int node) {
        return (facts[node] & ALIVE) != 0;
    }

    void setAlive(int node, boolean alive) {
        facts[node] = alive ? facts[node] | ALIVE : facts[node] & ~ALIVE;
    }

    boolean flag(int node, int flag) {
        return (facts[node] & flag) != 0;
    }

    int layer(int node) {
        return facts[node] >> LAYER_SHIFT & LAYER;
    }

    int mode(int node) {
        return facts[node] & MODE;
    }

    /// What it is from now on; whether it is alive and changed stays.
    void set(int node, FileKind kind, int mode, int layer, int flags) {
        facts[node] = facts[node] & (ALIVE | CHANGE << CHANGE_SHIFT)
                | flags
                | kind.ordinal() << KIND_SHIFT
                | Math.min(layer, LAYER) << LAYER_SHIFT
                | mode & MODE;
    }

    long uid(int node) {
        return knownOwners[owners[node]] >>> Integer.SIZE;
    }

    long gid(int node) {
        return knownOwners[owners[node]] & 0xffffffffL;
    }

    /// Few pairs own everything.
    void setOwner(int node, long uid, long gid) {
        long owner = uid << Integer.SIZE | gid & 0xffffffffL;
        if (lastOwner >= ownerCount || knownOwners[lastOwner] != owner) {
            lastOwner = known(owner);
        }
        owners[node] = lastOwner;
    }

    /// More pairs than a look through them is worth are not looked through: some stand there twice then.
    private int known(long owner) {
        for (int i = 0; i < Math.min(ownerCount, 64); i++) {
            if (knownOwners[i] == owner) {
                return i;
            }
        }
        if (ownerCount == knownOwners.length) {
            knownOwners = Arrays.copyOf(knownOwners, ownerCount * 2);
        }
        knownOwners[ownerCount] = owner;
        return ownerCount++;
    }

    long size(int node) {
        return sizes[node];
    }

    void setSize(int node, long size) {
        sizes[node] = size;
    }

    Instant modifiedAt(int node) {
        return Instant.ofEpochSecond(times[node] >> NANOS_BITS, times[node] & (1L << NANOS_BITS) - 1);
    }

    void setTime(int node, long seconds, int nanos) {
        times[node] = Math.clamp(seconds, EARLIEST, LATEST) << NANOS_BITS | nanos;
    }

    /// All but name, place, layer and what it is marked as.
    void copy(int from, int to) {
        sizes[to] = sizes[from];
        times[to] = times[from];
        owners[to] = owners[from];
        facts[to] = facts[to] & ~(MODE | ATTRIBUTES) | facts[from] & (MODE | ATTRIBUTES);
    }
}
