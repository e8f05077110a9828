package io.darsena.docker.server;

import io.darsena.bridge.layer.FilePath;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Paths as the names between their slashes, in bytes.
final class PathNames {

    private PathNames() {}

    /// Without empty ones and `.`; `..` stays.
    static List<byte[]> of(byte[] path) {
        List<byte[]> names = new ArrayList<>();
        for (int from = 0; from < path.length; ) {
            int to = from;
            while (to < path.length && path[to] != '/') {
                to++;
            }
            byte[] name = Arrays.copyOfRange(path, from, to);
            if (name.length > 0 && !(name.length == 1 && name[0] == '.')) {
                names.add(name);
            }
            from = to + 1;
        }
        return names;
    }

    static boolean isUp(byte[] name) {
        return name.length == 2 && name[0] == '.' && name[1] == '.';
    }

    /// @throws IllegalArgumentException for `..` or a NUL
    static FilePath join(List<byte[]> names) {
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        for (byte[] name : names) {
            path.write('/');
            path.writeBytes(name);
        }
        return FilePath.of(path.toByteArray());
    }
}
