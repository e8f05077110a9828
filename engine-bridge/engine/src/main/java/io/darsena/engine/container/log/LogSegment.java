package io.darsena.engine.container.log;

import io.darsena.bridge.container.LogRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One file of a log, open and read up to a point. It stays the same file when it is renamed or deleted. For one
/// thread.
final class LogSegment implements AutoCloseable {

    static final int BLOCK = 1 << 16;

    /// The first line of a file that a rotation began (see the protocol's *Log*).
    private static final Pattern START = Pattern.compile("# records (\\d{1,18})\n");

    private static final int LONGEST_START = 40;

    private final FileChannel channel;
    private final Object key;
    private final byte[] block = new byte[BLOCK];
    private long position;
    private int held;
    private boolean skipping;

    private LogSegment(FileChannel channel, Object key) {
        this.channel = channel;
        this.key = key;
    }

    /// Empty when there is no such file. A name may be given to another file meanwhile; then it is opened again, so
    /// that the identity is that of the file that is open.
    static Optional<LogSegment> open(Path file) throws IOException {
        try {
            while (true) {
                Object before = key(file);
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                if (isStill(file, before)) {
                    return Optional.of(new LogSegment(channel, before));
                }
                channel.close();
            }
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static boolean isStill(Path file, Object key) throws IOException {
        try {
            return key.equals(key(file));
        } catch (NoSuchFileException moved) {
            return false;
        }
    }

    private static Object key(Path file) throws IOException {
        return Objects.requireNonNull(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    boolean isSameFile(LogSegment other) {
        return key.equals(other.key);
    }

    boolean isFile(Path file) throws IOException {
        return isStill(file, key);
    }

    /// How many records were written to this log before this file, the removed ones too: what a file says that a
    /// rotation began. The first one says nothing.
    long recordsBefore() throws IOException {
        byte[] start = new byte[LONGEST_START];
        int length = peek(0, start, start.length);
        Matcher line = START.matcher(new String(start, 0, length, StandardCharsets.ISO_8859_1));
        return line.lookingAt() ? Long.parseLong(line.group(1)) : 0;
    }

    /// How many records there are up to the end of this file, the removed ones too. Reads all of it.
    long recordsUpToEnd() throws IOException {
        long lines = 0;
        byte[] part = new byte[BLOCK];
        long at = 0;
        for (int count = peek(at, part, part.length); count > 0; count = peek(at, part, part.length)) {
            for (int index = 0; index < count; index++) {
                lines += part[index] == '\n' ? 1 : 0;
            }
            at += count;
        }
        byte[] first = new byte[1];
        boolean saysWhatWasBefore = peek(0, first, 1) == 1 && first[0] == '#';
        return recordsBefore() + lines - (saysWhatWasBefore ? 1 : 0);
    }

    long size() throws IOException {
        return channel.size();
    }

    void seek(long to) {
        position = to;
        held = 0;
        skipping = false;
    }

    /// Reads bytes at a place without moving on. Fewer than asked for at the end of the file.
    int peek(long at, byte[] into, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.position();
    }

    /// Reads on and hands over each whole record; what is no record is passed over.
    ///
    /// @param sink says whether it takes more
    /// @return false when the end of the file was reached, true when the sink is full
    boolean read(Predicate<LogRecord> sink) throws IOException {
        while (true) {
            int from = 0;
            for (int at = 0; at < held; at++) {
                if (block[at] == '\n') {
                    boolean more = line(from, at, sink);
                    from = at + 1;
                    if (!more) {
                        keep(from);
                        return true;
                    }
                }
            }
            keep(from);
            if (held == block.length) {
                // No line of ours is that long: pass over it.
                held = 0;
                skipping = true;
            }
            int count = channel.read(ByteBuffer.wrap(block, held, block.length - held), position);
            if (count <= 0) {
                return false;
            }
            position += count;
            held += count;
        }
    }

    private void keep(int from) {
        if (from > 0) {
            System.arraycopy(block, from, block, 0, held - from);
            held -= from;
        }
    }

    private boolean line(int from, int to, Predicate<LogRecord> sink) {
        if (skipping) {
            skipping = false;
            return true;
        }
        CriRecord header = CriRecord.header(block, from, to);
        return header == null || sink.test(header.record(block, to));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
