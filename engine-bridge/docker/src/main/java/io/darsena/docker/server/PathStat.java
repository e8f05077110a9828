package io.darsena.docker.server;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import io.darsena.docker.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// `X-Docker-Container-Path-Stat`: what `docker cp` wants to know of a file before it copies it.
final class PathStat {

    static final String HEADER = "X-Docker-Container-Path-Stat";

    private static final int SET_UID = 04000;
    private static final int SET_GID = 02000;
    private static final int STICKY = 01000;
    private static final int PERMISSIONS = 0777;

    private PathStat() {}

    /// @param node what the path names
    /// @param target where it leads, when it is a symbolic link, else empty
    static String of(FileTree tree, int node, ContainerPath path, String target) {
        Map<String, Object> stat = new LinkedHashMap<>();
        stat.put("name", new String(path.name(), StandardCharsets.UTF_8));
        stat.put("size", tree.kind(node) == FileKind.SYMBOLIC_LINK ? tree.rawLink(node).length : tree.size(node));
        stat.put("mode", mode(tree, node));
        stat.put("mtime", tree.modifiedAt(node).toString());
        stat.put("linkTarget", target);
        return Base64.getEncoder().encodeToString(Json.write(stat));
    }

    /// The bits of Go's `os.FileMode`, which are not those of inode(7).
    private static long mode(FileTree tree, int node) {
        int mode = tree.mode(node);
        long bits = mode & PERMISSIONS;
        bits |= (mode & SET_UID) != 0 ? 1L << 23 : 0;
        bits |= (mode & SET_GID) != 0 ? 1L << 22 : 0;
        bits |= (mode & STICKY) != 0 ? 1L << 20 : 0;
        return bits
                | switch (tree.kind(node)) {
                    case FILE, HARD_LINK -> 0;
                    case DIRECTORY -> 1L << 31;
                    case SYMBOLIC_LINK -> 1L << 27;
                    case BLOCK_DEVICE -> 1L << 26;
                    case CHARACTER_DEVICE -> 1L << 26 | 1L << 21;
                    case NAMED_PIPE -> 1L << 25;
                };
    }
}
