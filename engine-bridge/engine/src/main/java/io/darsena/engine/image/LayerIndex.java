package io.darsena.engine.image;

import io.darsena.engine.content.StorageFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The extractor's list of a layer's entries, a line an entry (native-runtime's PROTOCOL.md, extractor).
///
/// Paths are held byte for byte, each byte as one char: a layer's names need not be UTF-8.
final class LayerIndex {

    private static final int FIELDS = 9;
    /// Begins the line of an extended attribute, which belongs to the directory before it.
    private static final String ATTRIBUTE = "x\t";

    private static final int OCTAL = 8;
    private static final int HEX = 16;

    private LayerIndex() {}

    enum Type {
        DIRECTORY,
        WHITEOUT,
        OPAQUE,
        OTHER;

        static Type of(String letter) {
            return switch (letter) {
                case "d" -> DIRECTORY;
                case "w" -> WHITEOUT;
                case "o" -> OPAQUE;
                default -> OTHER;
            };
        }
    }

    /// @param path without a leading slash; empty for the layer's root
    /// @param implied no entry of the tar named this directory
    /// @param attributes a directory's extended attributes, names to values in hex
    record Entry(
            Type type,
            int mode,
            long uid,
            long gid,
            Instant modifiedAt,
            boolean implied,
            String path,
            Map<String, String> attributes) {
        Entry {
            attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        }

        Entry with(String attribute, String hex) {
            Map<String, String> more = new TreeMap<>(attributes);
            more.put(attribute, hex);
            return new Entry(type, mode, uid, gid, modifiedAt, implied, path, more);
        }
    }

    static boolean hasImpliedParents(Path index) {
        boolean[] found = {false};
        read(index, entry -> found[0] |= entry.implied());
        return found[0];
    }

    /// What the layer says of its own root; empty when it says nothing. Who archives a root begins with it, and no
    /// further is it looked for: an index may be long.
    static Optional<Entry> root(Path index) {
        try (BufferedReader lines = Files.newBufferedReader(index, StandardCharsets.ISO_8859_1)) {
            String line = lines.readLine();
            if (line == null) {
                return Optional.empty();
            }
            Entry first = entry(line);
            for (line = lines.readLine(); line != null && line.startsWith(ATTRIBUTE); line = lines.readLine()) {
                first = attributed(first, line);
            }
            return Optional.of(first)
                    .filter(entry ->
                            entry.type() == Type.DIRECTORY && entry.path().isEmpty() && !entry.implied());
        } catch (IOException e) {
            throw StorageFailure.of("read", "layer index " + index, e);
        }
    }

    private static Entry attributed(Entry entry, String line) {
        String[] fields = line.split("\t", FIELDS);
        return entry.with(unescaped(fields[FIELDS - 2]), fields[FIELDS - 1]);
    }

    /// Entries in the order of the tar.
    static void read(Path index, Consumer<Entry> reader) {
        try (BufferedReader lines = Files.newBufferedReader(index, StandardCharsets.ISO_8859_1)) {
            Entry last = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (last != null && line.startsWith(ATTRIBUTE)) {
                    last = attributed(last, line);
                    continue;
                }
                if (last != null) {
                    reader.accept(last);
                }
                last = entry(line);
            }
            if (last != null) {
                reader.accept(last);
            }
        } catch (IOException e) {
            throw StorageFailure.of("read", "layer index " + index, e);
        }
    }

    static Entry entry(String line) {
        String[] fields = line.split("\t", FIELDS);
        if (fields.length < FIELDS - 1) {
            throw new IllegalStateException("not a line of a layer index: '" + line + "'");
        }
        return new Entry(
                Type.of(fields[0]),
                Integer.parseInt(fields[1], OCTAL),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                time(fields[5]),
                fields[6].contains("i"),
                path(fields[7]),
                Map.of());
    }

    private static Instant time(String text) {
        int point = text.indexOf('.');
        long seconds = Long.parseLong(point < 0 ? text : text.substring(0, point));
        try {
            return Instant.ofEpochSecond(seconds, point < 0 ? 0 : Integer.parseInt(text.substring(point + 1)));
        } catch (DateTimeException | ArithmeticException e) {
            return seconds < 0 ? Instant.MIN : Instant.MAX;
        }
    }

    private static String path(String escaped) {
        String path = unescaped(escaped);
        while (path.startsWith("./") || path.startsWith("/")) {
            path = path.substring(path.indexOf('/') + 1);
        }
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return path.equals(".") ? "" : path;
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each != '\\') {
                plain.append(each);
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 't' -> plain.append('\t');
                case 'n' -> plain.append('\n');
                case 'x' -> {
                    plain.append((char) Integer.parseInt(text, i + 1, i + 3, HEX));
                    i += 2;
                }
                default -> plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
