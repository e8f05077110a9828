package io.darsena.engine.layer;

import io.darsena.bridge.layer.FilePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What the runtime makes in a container's own layer where its image has none, so that something can be mounted there
/// (PROTOCOL.md, `bind-target`): empty files and directories, which nobody wrote.
final class OwnFiles {

    private static final List<byte[]> FILES = bytes("etc/hostname", "etc/hosts", "etc/resolv.conf");
    private static final List<byte[]> DIRECTORIES = bytes("dev", "proc", "sys");
    private static final byte[] PARENT = "etc".getBytes(StandardCharsets.US_ASCII);

    private OwnFiles() {}

    private static List<byte[]> bytes(String... paths) {
        return Arrays.stream(paths)
                .map(path -> path.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    /// Whether the entry is one. Of a path that lower layers have, it is not.
    ///
    /// @param path its first bytes, `length` of them
    static boolean has(LayerEntries entry, byte[] path, int length) {
        List<byte[]> candidates =
                entry.type() == 'f' && entry.size() == 0 ? FILES : entry.type() == 'd' ? DIRECTORIES : List.of();
        return candidates.stream().anyMatch(each -> Arrays.equals(each, 0, each.length, path, 0, length));
    }

    /// Whether a path is one of those, or lies in one: something is mounted there in every container.
    static boolean covers(FilePath path) {
        byte[] bytes = path.bytes();
        int length = 0;
        while (length < bytes.length && bytes[length] != '/') {
            length++;
        }
        byte[] first = Arrays.copyOf(bytes, length);
        return DIRECTORIES.stream().anyMatch(each -> Arrays.equals(each, first))
                || FILES.stream().anyMatch(each -> Arrays.equals(each, bytes));
    }

    /// Whether a directory may hold some of the files.
    static boolean areIn(byte[] directory) {
        return Arrays.equals(directory, PARENT);
    }
}
