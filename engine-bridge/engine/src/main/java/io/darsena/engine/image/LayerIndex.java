package io.darsena.engine.image;

import io.darsena.engine.content.StorageFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// The extractor's list of a layer's entries, a line an entry (native-runtime's PROTOCOL.md, extractor).
///
/// Paths are held byte for byte, each byte as one char: a layer's names need not be UTF-8.
final class LayerIndex {

    private static final int FIELDS = 9;
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
    /// @param modifiedAt seconds since the epoch
    /// @param implied no entry of the tar named this directory
    record Entry(Type type, int mode, long uid, long gid, long modifiedAt, boolean implied, String path) {}

    static boolean hasImpliedParents(Path index) {
        boolean[] found = {false};
        read(index, entry -> found[0] |= entry.implied());
        return found[0];
    }

    /// Entries in the order of the tar.
    static void read(Path index, Consumer<Entry> reader) {
        try (BufferedReader lines = Files.newBufferedReader(index, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.accept(entry(line));
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
                seconds(fields[5]),
                fields[6].contains("i"),
                path(fields[7]));
    }

    private static long seconds(String time) {
        int point = time.indexOf('.');
        return Long.parseLong(point < 0 ? time : time.substring(0, point));
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
