package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/// Reads and writes the small text files of cgroupfs and /proc.
final class CgroupFile {

    /// What the kernel shows for "no limit" on v1 is near the top of the range, rounded to pages.
    private static final long UNLIMITED_FROM = 1L << 62;

    private static final int FIRST_SIZE = 8192;

    /// Used by whoever comes first, so that reading a hundred files a second leaves no garbage. `LOCK` guards it.
    private static final byte[] BUFFER = new byte[FIRST_SIZE];

    private static final ReentrantLock LOCK = new ReentrantLock();

    private CgroupFile() {}

    /// Writes each value by one write(2), as the kernel wants it.
    static void write(Path file, List<String> values) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (String value : values) {
                channel.write(ByteBuffer.wrap(value.getBytes(StandardCharsets.US_ASCII)), 0);
            }
        }
    }

    static void write(Path file, String value) throws IOException {
        write(file, List.of(value));
    }

    /// The content without the last line feed; empty when it cannot be read (no such file, group or process any more).
    static Optional<String> read(Path file) {
        boolean shared = LOCK.tryLock();
        try {
            return Optional.of(read(file, shared ? BUFFER : new byte[FIRST_SIZE]));
        } catch (IOException gone) {
            return Optional.empty();
        } finally {
            if (shared) {
                LOCK.unlock();
            }
        }
    }

    /// The kernel does not say how long these files are: `Files.readString` takes 16 KB for each of them.
    private static String read(Path file, byte[] buffer) throws IOException {
        byte[] bytes = buffer;
        int length = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int count = channel.read(ByteBuffer.wrap(bytes));
            while (count > 0) {
                length += count;
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, length * 2);
                }
                count = channel.read(ByteBuffer.wrap(bytes, length, bytes.length - length));
            }
        }
        while (length > 0 && bytes[length - 1] <= ' ' && bytes[length - 1] >= 0) {
            length--;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /// A number; empty when the file is missing or says `max`, -1, or a number so high that it means "no limit".
    static OptionalLong number(Path file) {
        return read(file).map(CgroupFile::parse).orElseGet(OptionalLong::empty);
    }

    /// Lines of `key value`; a missing file has none.
    static KeyedText keyed(Path file) {
        return new KeyedText(read(file).orElse(""));
    }

    static OptionalLong parse(String text) {
        try {
            long value = Long.parseUnsignedLong(text.strip());
            return value < 0 || value >= UNLIMITED_FROM ? OptionalLong.empty() : OptionalLong.of(value);
        } catch (NumberFormatException noNumber) {
            return OptionalLong.empty();
        }
    }
}
