package io.darsena.docker.server;

import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a container has changed, as `docker diff` tells it: of what is removed the uppermost directory alone, and each
/// directory above a change. What the engine itself makes for mounts is none. Used once.
final class ContainerChanges {

    /// What the engine mounts, and makes where the image has it not.
    private static final List<String> MOUNTED = List.of("dev", "proc", "sys");

    private static final List<String> BOUND = List.of("etc/hostname", "etc/hosts", "etc/resolv.conf");

    private final FileTree tree;
    private final Set<Integer> ours = new HashSet<>();
    private final List<Change> changes = new ArrayList<>();

    /// @param kind 0 modified, 1 added, 2 deleted (Engine API, FilesystemChange)
    private record Change(String path, int kind) {}

    private ContainerChanges(FileTree tree) {
        this.tree = tree;
        MOUNTED.forEach(path -> ours.add(tree.find(path)));
        TreeLinks links = new TreeLinks(tree);
        for (String path : BOUND) {
            int node = links.follow(FilePath.of(path), true).node();
            if (node != FileTree.NONE && isEmptyFileOfItsOwn(node)) {
                ours.add(node);
            }
        }
    }

    private boolean isEmptyFileOfItsOwn(int node) {
        return tree.change(node) == FileChange.ADDED && tree.kind(node) == FileKind.FILE && tree.size(node) == 0;
    }

    /// @param tree a container's
    /// @return by their paths
    static List<Map<String, Object>> of(FileTree tree) {
        ContainerChanges found = new ContainerChanges(tree);
        found.visit(FileTree.ROOT, "");
        return found.changes.stream()
                .sorted(Comparator.comparing(Change::path))
                .map(change -> Map.<String, Object>of("Path", change.path(), "Kind", change.kind()))
                .toList();
    }

    /// @return whether something was left out
    private boolean visit(int directory, String path) {
        boolean leftOut = false;
        for (int node : tree.children(directory)) {
            leftOut |= ours.contains(node) || tell(node, path + "/" + tree.name(node));
        }
        return leftOut;
    }

    private boolean tell(int node, String path) {
        FileChange change = tree.change(node);
        if (change == FileChange.NONE && tree.touched(node) == 0) {
            return false;
        }
        if (change == FileChange.REMOVED) {
            changes.add(new Change(path, 2));
            return false;
        }
        int before = changes.size();
        boolean leftOut = visit(node, path);
        boolean holds = changes.size() > before;
        // A directory that was made for a mount's sake is the engine's as well.
        if (change == FileChange.ADDED && (holds || !leftOut)) {
            changes.add(new Change(path, 1));
        } else if (change == FileChange.CHANGED || holds) {
            changes.add(new Change(path, 0));
        }
        return leftOut;
    }
}
