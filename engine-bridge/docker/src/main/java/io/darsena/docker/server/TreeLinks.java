package io.darsena.docker.server;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.docker.http.HttpException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Follows the symbolic links of a path in a tree of files, as a process does whose root directory that is
/// (path_resolution(7)).
final class TreeLinks {

    private static final int MOST_LINKS = 40;

    private final FileTree tree;

    TreeLinks(FileTree tree) {
        this.tree = tree;
    }

    /// Where a path leads.
    ///
    /// @param node [FileTree#NONE] where nothing is
    /// @param path without symbolic links, as far as something is there
    record Place(int node, FilePath path) {}

    /// @param last whether a link at the very end of the path is followed, too
    /// @throws HttpException 400 when the links go on for ever
    Place follow(FilePath path, boolean last) {
        Deque<byte[]> rest = new ArrayDeque<>(PathNames.of(path.bytes()));
        List<byte[]> names = new ArrayList<>();
        int links = 0;
        while (!rest.isEmpty()) {
            byte[] name = rest.pop();
            if (PathNames.isUp(name)) {
                leave(names);
                continue;
            }
            names.add(name);
            int node = node(PathNames.join(names));
            boolean link = node != FileTree.NONE && tree.kind(node) == FileKind.SYMBOLIC_LINK;
            if (link && (last || !rest.isEmpty())) {
                if (++links > MOST_LINKS) {
                    throw new HttpException(400, "/" + path + ": too many levels of symbolic links");
                }
                lead(tree.rawLink(node), names, rest);
            }
        }
        FilePath end = PathNames.join(names);
        return new Place(node(end), end);
    }

    private static void leave(List<byte[]> names) {
        if (!names.isEmpty()) {
            names.removeLast();
        }
    }

    /// Goes on where a link says, from the directory that it lies in.
    private static void lead(byte[] target, List<byte[]> names, Deque<byte[]> rest) {
        if (target.length > 0 && target[0] == '/') {
            names.clear();
        } else {
            leave(names);
        }
        PathNames.of(target).reversed().forEach(rest::push);
    }

    private int node(FilePath path) {
        int node = tree.find(path);
        return node != FileTree.NONE && tree.isThere(node) ? node : FileTree.NONE;
    }
}
