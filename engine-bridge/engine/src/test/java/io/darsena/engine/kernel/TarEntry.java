package io.darsena.engine.kernel;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/// One entry of a layer's tar (POSIX.1 ustar and pax, and GNU's long names and large numbers), read by nothing of the
/// engine nor of a library it uses: what is computed of it is to be evidence about both.
///
/// @param name as it stands there, a char for each byte; so is the link
/// @param type `0` a file, `1` a hard link, `2` a symbolic link, `3` and `4` devices, `5` a directory, `6` a pipe
/// @param attributes it has extended ones
record TarEntry(
        String name,
        char type,
        int mode,
        long uid,
        long gid,
        long size,
        Instant time,
        String link,
        boolean attributes) {

    private static final int BLOCK = 512;
    private static final int PERMISSIONS = 07777;
    private static final int GZIP = 0x1f8b;
    private static final int ZSTD = 0x28b5;
    private static final List<String> ATTRIBUTES = List.of("SCHILY.xattr.", "LIBARCHIVE.xattr.");

    /// @param blob as it is stored, packed by gzip or not at all
    static List<TarEntry> read(Path blob) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(blob))) {
            file.mark(2);
            int magic = file.read() << 8 | file.read();
            file.reset();
            if (magic == ZSTD) {
                throw new IOException("the tests unpack gzip alone, and zstd packed " + blob);
            }
            return read(magic == GZIP ? new BufferedInputStream(new GZIPInputStream(file, 1 << 16)) : file);
        }
    }

    private static List<TarEntry> read(InputStream tar) throws IOException {
        List<TarEntry> entries = new ArrayList<>();
        Map<String, String> global = new HashMap<>();
        Map<String, String> told = new HashMap<>();
        for (byte[] header = tar.readNBytes(BLOCK); header.length > 0; header = tar.readNBytes(BLOCK)) {
            if (header.length < BLOCK) {
                throw new EOFException("half a header");
            }
            if (header[0] == 0) {
                break;
            }
            char type = header[156] == 0 || header[156] == '7' ? '0' : (char) header[156];
            switch (type) {
                case 'x' -> told.putAll(records(content(tar, number(header, 124, 12))));
                case 'g' -> global.putAll(records(content(tar, number(header, 124, 12))));
                case 'L' -> told.put("path", text(content(tar, number(header, 124, 12))));
                case 'K' -> told.put("linkpath", text(content(tar, number(header, 124, 12))));
                case '0', '1', '2', '3', '4', '5', '6' -> {
                    Map<String, String> all = new HashMap<>(global);
                    all.putAll(told);
                    TarEntry entry = of(header, type, all);
                    tar.skipNBytes(type == '0' ? padded(entry.size()) : 0);
                    entries.add(entry);
                    told.clear();
                }
                default -> throw new IOException("the tests do not know entries of type " + type);
            }
        }
        return entries;
    }

    private static TarEntry of(byte[] header, char type, Map<String, String> told) {
        boolean posix = text(Arrays.copyOfRange(header, 257, 263)).equals("ustar");
        String prefix = posix ? text(Arrays.copyOfRange(header, 345, 500)) : "";
        String name = text(Arrays.copyOfRange(header, 0, 100));
        String path = told.getOrDefault("path", prefix.isEmpty() ? name : prefix + "/" + name);
        BigDecimal seconds = new BigDecimal(told.getOrDefault("mtime", Long.toString(number(header, 136, 12))));
        BigInteger nanos = seconds.movePointRight(9).toBigInteger();
        return new TarEntry(
                path,
                type == '0' && path.endsWith("/") ? '5' : type,
                (int) number(header, 100, 8) & PERMISSIONS,
                number(told, "uid", header, 108, 8),
                number(told, "gid", header, 116, 8),
                number(told, "size", header, 124, 12),
                Instant.EPOCH.plusNanos(nanos.longValueExact()),
                told.getOrDefault("linkpath", text(Arrays.copyOfRange(header, 157, 257))),
                told.keySet().stream().anyMatch(key -> ATTRIBUTES.stream().anyMatch(key::startsWith)));
    }

    /// The names that lead to it; those that say nothing fall away.
    static List<String> names(String path) {
        return Arrays.stream(path.split("/"))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static byte[] content(InputStream tar, long size) throws IOException {
        byte[] content = tar.readNBytes((int) size);
        if (content.length < size) {
            throw new EOFException("half an extended header");
        }
        tar.skipNBytes(padded(size) - size);
        return content;
    }

    /// Up to the first NUL.
    private static String text(byte[] field) {
        String text = new String(field, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static long number(Map<String, String> told, String key, byte[] header, int from, int length) {
        String said = told.get(key);
        return said == null ? number(header, from, length) : Long.parseLong(said);
    }

    /// Octal digits or, where the first bit says so, the bits of the number.
    private static long number(byte[] header, int from, int length) {
        byte[] field = Arrays.copyOfRange(header, from, from + length);
        if (field[0] < 0) {
            field[0] = (byte) (field[0] == -1 ? -1 : field[0] & 0x7f);
            return new BigInteger(field).longValueExact();
        }
        String digits = text(field).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    /// Each `LENGTH KEY=VALUE` and the end of a line.
    private static Map<String, String> records(byte[] content) {
        Map<String, String> records = new HashMap<>();
        String all = new String(content, StandardCharsets.ISO_8859_1);
        for (int at = 0; at < all.length(); ) {
            int blank = all.indexOf(' ', at);
            int end = at + Integer.parseInt(all.substring(at, blank));
            String[] record = all.substring(blank + 1, end - 1).split("=", 2);
            records.put(record[0], record[1]);
            at = end;
        }
        return records;
    }
}
