package io.darsena.docker.server;

import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What a container has changed, as `docker diff` tells it: of what is removed the uppermost directory alone, and each
/// directory above a change. Used once.
final class ContainerChanges {

    private final FileTree tree;
    private final List<Change> changes = new ArrayList<>();

    /// @param kind 0 modified, 1 added, 2 deleted (Engine API, FilesystemChange)
    private record Change(String path, int kind) {}

    private ContainerChanges(FileTree tree) {
        this.tree = tree;
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

    private void visit(int directory, String path) {
        for (int node : tree.children(directory)) {
            tell(node, path + "/" + tree.name(node));
        }
    }

    private void tell(int node, String path) {
        FileChange change = tree.change(node);
        if (change == FileChange.NONE && tree.touched(node) == 0) {
            return;
        }
        changes.add(new Change(
                path,
                switch (change) {
                    case REMOVED -> 2;
                    case ADDED -> 1;
                    case CHANGED, NONE -> 0;
                }));
        if (change != FileChange.REMOVED) {
            visit(node, path);
        }
    }
}
