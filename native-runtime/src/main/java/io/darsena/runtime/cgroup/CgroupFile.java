package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Reads and writes the small text files of cgroupfs and /proc.
final class CgroupFile {

    /// What the kernel shows for "no limit" on v1 is near the top of the range, rounded to pages.
    private static final long UNLIMITED_FROM = 1L << 62;

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
        try {
            return Optional.of(
                    Files.readString(file, StandardCharsets.ISO_8859_1).stripTrailing());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /// A number; empty when the file is missing or says `max`, -1, or a number so high that it means "no limit".
    static OptionalLong number(Path file) {
        return read(file).map(CgroupFile::parse).orElseGet(OptionalLong::empty);
    }

    /// Lines of `key value`; a missing file has none.
    static Map<String, Long> keyed(Path file) {
        Map<String, Long> values = new TreeMap<>();
        read(file).stream().flatMap(String::lines).forEach(line -> {
            String[] fields = line.split("[ \t]+", -1);
            if (fields.length == 2) {
                parse(fields[1]).ifPresent(value -> values.put(fields[0], value));
            }
        });
        return values;
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
