package io.darsena.bridge.layer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A path in a tree of files, as the bytes that Linux keeps, which need not be UTF-8: without a slash at its begin
/// or its end, empty for the root. Immutable.
public final class FilePath implements Comparable<FilePath> {

    public static final FilePath ROOT = new FilePath(new byte[0]);

    private final byte[] bytes;

    private FilePath(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Slashes at its ends, repeated ones and the names `.` fall away.
    ///
    /// @throws IllegalArgumentException when it has the name `..` or a NUL in it
    public static FilePath of(byte[] path) {
        byte[] clean = new byte[path.length];
        int length = 0;
        for (int from = 0; from < path.length; ) {
            int to = from;
            while (to < path.length && path[to] != '/') {
                to++;
            }
            if (!isDot(path, from, to)) {
                refuseUnfit(path, from, to);
                if (length > 0) {
                    clean[length++] = '/';
                }
                System.arraycopy(path, from, clean, length, to - from);
                length += to - from;
            }
            from = to + 1;
        }
        return new FilePath(Arrays.copyOf(clean, length));
    }

    private static boolean isDot(byte[] path, int from, int to) {
        return to == from || to == from + 1 && path[from] == '.';
    }

    private static void refuseUnfit(byte[] path, int from, int to) {
        if (to == from + 2 && path[from] == '.' && path[from + 1] == '.') {
            throw new IllegalArgumentException("a path in a tree of files has no '..'");
        }
        for (int at = from; at < to; at++) {
            if (path[at] == 0) {
                throw new IllegalArgumentException("a path has no NUL");
            }
        }
    }

    /// As [#of(byte[])], of a text.
    public static FilePath of(String path) {
        return of(path.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public boolean isRoot() {
        return bytes.length == 0;
    }

    /// The last name, empty for the root.
    public FilePath name() {
        int from = bytes.length;
        while (from > 0 && bytes[from - 1] != '/') {
            from--;
        }
        return new FilePath(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    /// As `strcmp` orders the bytes.
    @Override
    public int compareTo(FilePath other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FilePath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// What is not UTF-8 is shown as replacement characters.
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
