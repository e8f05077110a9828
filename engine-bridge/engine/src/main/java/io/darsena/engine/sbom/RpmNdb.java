package io.darsena.engine.sbom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.Adler32;

/// Reads ndb, in which SUSE's RPM keeps its packages (rpm, `lib/backend/ndb/rpmpkg.c`): pages of slots, each with a
/// package's number and the blocks of 16 bytes in which its blob lies; then the blobs, each a header between a head
/// and a tail with its length and its checksum. No two packages share a block, so none is read twice.
final class RpmNdb {

    private static final int FILE_MAGIC = word("RpmP");
    private static final int SLOT_MAGIC = word("Slot");
    private static final int HEAD_MAGIC = word("BlbS");
    private static final int TAIL_MAGIC = word("BlbE");

    private static final int PAGE = 4096;
    private static final int FILE_HEAD = 32;
    private static final int SLOT = 16;
    private static final int BLOCK = 16;
    private static final int HEAD = 16;
    private static final int TAIL = 12;

    private final CopiedFile file;
    private final RpmDatabase packages;

    /// Number of the first block that no header has yet.
    private long free;

    private RpmNdb(CopiedFile file, RpmDatabase packages) {
        this.file = file;
        this.packages = packages;
    }

    /// @param from number of its first block
    private record Slot(int number, long from, long blocks) {}

    private static int word(String letters) {
        return ByteBuffer.wrap(letters.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    /// @throws MalformedRecordException when it is no such database
    static void read(Path copy, RpmDatabase packages) throws IOException {
        try (CopiedFile file = CopiedFile.open(copy)) {
            new RpmNdb(file, packages).read();
        }
    }

    private void read() throws IOException {
        List<Slot> slots = slots();
        slots.sort(Comparator.comparingLong(Slot::from));
        for (Slot slot : slots) {
            packages.add(header(slot));
        }
    }

    /// All that are in use.
    private List<Slot> slots() throws IOException {
        ByteBuffer page = buffer(PAGE);
        file.fill(page, 0);
        if (page.getInt(0) != FILE_MAGIC) {
            throw new MalformedRecordException("it is no database of the format ndb");
        }
        int version = page.getInt(4);
        if (version != 0) {
            throw new MalformedRecordException("version " + version + " of the format ndb is not read");
        }
        long pages = Integer.toUnsignedLong(page.getInt(12));
        List<Slot> slots = new ArrayList<>();
        for (long number = 0; number < pages; number++) {
            file.fill(page, number * PAGE);
            for (int at = number == 0 ? FILE_HEAD : 0; at < PAGE; at += SLOT) {
                add(page, at, slots);
            }
        }
        return slots;
    }

    private void add(ByteBuffer page, int at, List<Slot> slots) {
        long from = Integer.toUnsignedLong(page.getInt(at + 8));
        if (page.getInt(at) != SLOT_MAGIC) {
            packages.add(RpmDatabase.NO_HEADER);
        } else if (from != 0) {
            packages.requireRoom(slots.size());
            slots.add(new Slot(page.getInt(at + 4), from, Integer.toUnsignedLong(page.getInt(at + 12))));
        }
    }

    private byte[] header(Slot slot) throws IOException {
        if (slot.from() < free
                || slot.blocks() * BLOCK < HEAD + TAIL
                || slot.from() + slot.blocks() > file.size() / BLOCK) {
            return RpmDatabase.NO_HEADER;
        }
        ByteBuffer head = buffer(HEAD);
        file.fill(head, slot.from() * BLOCK);
        int length = head.getInt(12);
        if (head.getInt(0) != HEAD_MAGIC
                || head.getInt(4) != slot.number()
                || length < 0
                || length > RpmDatabase.LARGEST_HEADER
                || (HEAD + length + TAIL + BLOCK - 1) / BLOCK != slot.blocks()) {
            return RpmDatabase.NO_HEADER;
        }
        free = slot.from() + slot.blocks();
        ByteBuffer header = buffer(length);
        file.fill(header, slot.from() * BLOCK + HEAD);
        ByteBuffer tail = buffer((int) slot.blocks() * BLOCK - HEAD - length);
        file.fill(tail, slot.from() * BLOCK + HEAD + length);
        int end = tail.capacity() - TAIL;
        Adler32 sum = new Adler32();
        sum.update(head.array());
        sum.update(header.array());
        sum.update(tail.array(), 0, end);
        return tail.getInt(end) == (int) sum.getValue()
                        && tail.getInt(end + 4) == length
                        && tail.getInt(end + 8) == TAIL_MAGIC
                ? header.array()
                : RpmDatabase.NO_HEADER;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
