package io.darsena.engine.layer;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.Reversion;
import io.darsena.runtime.Reversion.Extent;
import io.darsena.runtime.Reversion.Step;
import io.darsena.runtime.RevertRefusedException;
import io.darsena.runtime.RuntimeFailure;
import io.darsena.runtime.RuntimeUnavailableException;
import io.darsena.runtime.Sandbox;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reverts files of a container, which stands still or runs (docs/decisions/0022-reverting.md). Where it
/// does not run, what it has written at a path is taken away whole; else only what has changed is touched, entry by
/// entry.
///
/// @param layers the image's, the lowest first
record ContainerRevert(
        Places places, ContainerRuntime runtime, List<Path> layers, Container container, Optional<Sandbox> sandbox) {

    private static final String OPERATION = "revert";

    /// Where a container's own layer lies, and where what goes is moved.
    record Places(Path upper, Path trash) {}

    void run(FileTree tree, List<FilePath> paths) {
        Set<Integer> chosen = new HashSet<>();
        for (FilePath path : paths) {
            chosen.add(changed(tree, path));
        }
        if (chosen.remove(FileTree.ROOT)) {
            for (int child : tree.children(FileTree.ROOT)) {
                chosen.add(child);
            }
            chosen.removeIf(node -> !isTouched(tree, node) || OwnFiles.covers(tree.filePath(node)));
        }
        List<Step> steps = new ArrayList<>();
        chosen.stream()
                .filter(node -> !liesInOther(tree, node, chosen))
                .sorted()
                .forEach(node -> tell(tree, node, steps));
        revert(steps);
    }

    private int changed(FileTree tree, FilePath path) {
        if (OwnFiles.covers(path)) {
            throw new InvalidRequestException(
                    OPERATION,
                    subject("/" + path),
                    "Darsena puts it there anew at every start",
                    "choose what the container itself has changed");
        }
        int node = tree.find(path);
        if (node == FileTree.NONE || !isTouched(tree, node)) {
            throw new NotFoundException(OPERATION, subject("/" + path), "nothing has changed there", "choose what has");
        }
        return node;
    }

    static boolean isTouched(FileTree tree, int node) {
        return tree.change(node) != FileChange.NONE || tree.touched(node) > 0;
    }

    static boolean liesInOther(FileTree tree, int node, Set<Integer> chosen) {
        for (int above = tree.parent(node); above != FileTree.NONE; above = tree.parent(above)) {
            if (chosen.contains(above)) {
                return true;
            }
        }
        return false;
    }

    private String subject(String what) {
        return what + " of container " + container.name();
    }

    private void tell(FileTree tree, int node, List<Step> steps) {
        if (sandbox.isEmpty()) {
            steps.add(step(tree, node, Extent.WHOLE));
        } else {
            tellChanged(tree, node, steps);
        }
    }

    private static Step step(FileTree tree, int node, Extent extent) {
        return new Step(tree.filePath(node).bytes(), extent);
    }

    /// Of a directory that stays, what has changed in it comes first, so that its own time is set last.
    private static void tellChanged(FileTree tree, int top, List<Step> steps) {
        List<Step> told = new ArrayList<>();
        Deque<Integer> left = new ArrayDeque<>(List.of(top));
        while (!left.isEmpty()) {
            int node = left.pop();
            FileChange change = tree.change(node);
            if (stays(tree, node)) {
                told.add(step(tree, node, Extent.ATTRIBUTES));
                Arrays.stream(tree.children(node)).forEach(left::push);
            } else if (change != FileChange.NONE) {
                told.add(step(tree, node, Extent.WHOLE));
            }
        }
        steps.addAll(told.reversed());
    }

    private static boolean stays(FileTree tree, int node) {
        FileChange change = tree.change(node);
        return isTouched(tree, node)
                && tree.kind(node) == FileKind.DIRECTORY
                && (change == FileChange.NONE || change == FileChange.CHANGED);
    }

    private void revert(List<Step> steps) {
        Reversion.Place place = sandbox.<Reversion.Place>map(
                        running -> new Reversion.Mounted(running.pid(), running.startTicks()))
                .orElseGet(() -> new Reversion.Stored(places.upper(), places.trash()));
        try {
            runtime.revert(new Reversion(layers, place, steps));
        } catch (RevertRefusedException refused) {
            RuntimeFailure failure = refused.failure();
            String subject =
                    failure.object().equals("/") ? "files of container " + container.name() : subject(failure.object());
            throw new ConflictException(OPERATION, subject, failure.reason(), failure.hint());
        } catch (RuntimeUnavailableException failure) {
            throw new FailedException(
                    OPERATION, "files of container " + container.name(), String.valueOf(failure.getMessage()), "");
        }
    }
}
