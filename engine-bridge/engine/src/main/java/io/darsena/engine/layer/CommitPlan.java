package io.darsena.engine.layer;

import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileTree;
import io.darsena.runtime.ArchivePlan;
import io.darsena.runtime.ArchivePlan.Take;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What of a container's changes goes into a layer, told as a plan for an archive of the directories that it sees.
record CommitPlan(TreeFiles seen) {

    private FileTree tree() {
        return seen.tree();
    }

    ArchivePlan all() {
        return entries -> {
            for (int child : tree().children(FileTree.ROOT)) {
                if (ContainerRevert.isTouched(tree(), child)) {
                    add(entries, child, Set.of(Take.IF_PRESENT));
                }
            }
        };
    }

    /// The directories that a chosen path lies in come before it, so that they look in the layer as in the container,
    /// and those that the container has removed as in the image. What of the image the container no longer shows in
    /// them stays, unless it is chosen.
    ArchivePlan chosen(List<Integer> nodes) {
        Set<Integer> chosen = new HashSet<>(nodes);
        return entries -> {
            Set<Integer> told = new HashSet<>();
            for (int node : chosen.stream().sorted().toList()) {
                if (!ContainerRevert.liesInOther(tree(), node, chosen)) {
                    addParent(entries, tree().parent(node), told);
                    add(entries, node, marking(node));
                }
            }
        };
    }

    /// With those above it, unless they are told.
    private void addParent(ArchivePlan.Entries entries, int node, Set<Integer> told) throws IOException {
        if (node > FileTree.ROOT && told.add(node)) {
            addParent(entries, tree().parent(node), told);
            add(entries, node, tree().layerOf(node), Set.of(Take.AS_PARENT, Take.IF_PRESENT));
        }
    }

    /// Below a directory that was made again none says of itself that it hides what the image has in it.
    private Set<Take> marking(int node) {
        return hasRemoved(node) && isOwn(node) ? Set.of(Take.OPAQUE) : Set.of();
    }

    private boolean hasRemoved(int node) {
        return Arrays.stream(tree().children(node))
                .anyMatch(child -> tree().change(child) == FileChange.REMOVED || hasRemoved(child));
    }

    /// Nothing of the image is seen in it.
    private boolean isOwn(int node) {
        return tree().layerOf(node) == tree().layer()
                && Arrays.stream(tree().children(node)).filter(tree()::isThere).allMatch(this::isOwn);
    }

    /// With all that is below it; what is removed as the mark that hides it, which the container has only of the
    /// topmost, and of none below a directory that was made again. A directory that holds what nobody wrote
    /// ([OwnFiles]) is not taken whole, but for what was written in it.
    private void add(ArchivePlan.Entries entries, int node, Set<Take> how) throws IOException {
        if (tree().change(node) == FileChange.REMOVED) {
            add(entries, node, tree().layer(), Set.of(Take.AS_WHITEOUT));
            return;
        }
        byte[] path = tree().filePath(node).bytes();
        boolean shared = seen.own().stream().anyMatch(each -> liesIn(each.bytes(), path));
        Set<Take> taken = EnumSet.of(shared ? Take.IF_PRESENT : Take.RECURSIVELY);
        taken.addAll(how);
        add(entries, node, tree().layer(), taken);
        if (!shared) {
            return;
        }
        for (int below : tree().children(node)) {
            if (ContainerRevert.isTouched(tree(), below)) {
                add(entries, below, how);
            }
        }
    }

    private static boolean liesIn(byte[] path, byte[] directory) {
        return path.length > directory.length
                && path[directory.length] == '/'
                && Arrays.equals(path, 0, directory.length, directory, 0, directory.length);
    }

    private void add(ArchivePlan.Entries entries, int node, int layer, Set<Take> how) throws IOException {
        byte[] path = tree().filePath(node).bytes();
        entries.add(layer - 1, path, path, how);
    }
}
