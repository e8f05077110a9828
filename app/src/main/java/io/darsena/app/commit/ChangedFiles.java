package io.darsena.app.commit;

import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a container sees and what of it has changed.
///
/// @param replaced what the image has as something of another kind: a directory where a file is now
record ChangedFiles(FileTree tree, Set<Integer> replaced) {

    ChangedFiles {
        replaced = Set.copyOf(replaced);
    }

    /// @param image what the image has; asked only when something may have replaced something of it, and not kept
    static ChangedFiles of(FileTree tree, Supplier<FileTree> image) {
        int[] changed = IntStream.range(FileTree.ROOT + 1, tree.limit())
                .filter(node -> tree.change(node) == FileChange.CHANGED)
                .toArray();
        if (changed.length == 0) {
            return new ChangedFiles(tree, Set.of());
        }
        FileTree before = image.get();
        return new ChangedFiles(
                tree,
                IntStream.of(changed)
                        .filter(node -> isOther(tree, node, before))
                        .boxed()
                        .collect(Collectors.toSet()));
    }

    private static boolean isOther(FileTree tree, int node, FileTree before) {
        int had = before.find(tree.filePath(node));
        return had != FileTree.NONE && before.isThere(had) && kind(before, had) != kind(tree, node);
    }

    private static FileKind kind(FileTree tree, int node) {
        return tree.kind(node).isFile() ? FileKind.FILE : tree.kind(node);
    }
}
