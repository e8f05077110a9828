package io.darsena.engine.layer;

import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.layer.ArchiveNames;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeTar;
import io.darsena.engine.content.StorageFailure;
import io.darsena.runtime.ArchiveForm;
import io.darsena.runtime.ArchivePlan;
import io.darsena.runtime.ArchivePlan.Take;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.PathMissingException;
import io.darsena.runtime.RuntimeUnavailableException;
import io.darsena.runtime.TreeArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Reads what lies in a stack of directories, each entry from the one that shows it.
///
/// @param subject what error messages call it
/// @param roots the directories of the tree's layers, the lowest first
/// @param own what lies in the uppermost one and not in the tree ([OwnFiles])
/// @param untold what lies there and could not be in the tree
record TreeFiles(
        ContainerRuntime runtime, String subject, FileTree tree, List<Path> roots, List<FilePath> own, Untold untold)
        implements ReadableTree {

    TreeFiles {
        roots = List.copyOf(roots);
        own = List.copyOf(own);
    }

    private int node(String operation, FilePath path) {
        int node = tree.find(path);
        if (node == FileTree.NONE || !tree.isThere(node)) {
            throw missing(operation, path);
        }
        return node;
    }

    private NotFoundException missing(String operation, FilePath path) {
        return new NotFoundException(
                operation, "/" + path + " of " + subject, "there is no such file or directory", "");
    }

    /// The tar has one entry, whose bytes these are.
    InputStream content(FilePath path) {
        int node = node("read", path);
        if (!tree.kind(node).isFile()) {
            throw new InvalidRequestException(
                    "read", "/" + path + " of " + subject, "it is no regular file", "choose a file");
        }
        TreeArchive archive = open(ArchiveForm.PLAIN, entries -> {
            byte[] name = path.name().bytes();
            entries.add(tree.layerOf(node) - 1, path.bytes(), name, Set.of());
        });
        try {
            TarArchiveInputStream tar = new TarArchiveInputStream(archive.tar());
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry == null || !entry.isFile()) {
                throw missing("read", path);
            }
            return new ArchiveBytes(tar, archive);
        } catch (PathMissingException gone) {
            archive.close();
            throw missing("read", path);
        } catch (IOException failure) {
            archive.close();
            throw StorageFailure.of("read", "/" + path + " of " + subject, failure);
        } catch (RuntimeException failure) {
            archive.close();
            throw failure;
        }
    }

    /// What vanishes while it is read is left out.
    TreeTar archive(FilePath path, byte[] name) {
        ArchiveNames names = ArchiveNames.of(path, name);
        int top = node("archive", path);
        TreeArchive archive = open(ArchiveForm.PLAIN, entries -> tell(entries, top, names));
        long unheard = untold.below(tree, top);
        return new TreeTar(new ArchiveBytes(archive.tar(), archive)) {
            @Override
            public long leftOut() {
                return unheard + archive.summary().skipped();
            }
        };
    }

    /// A directory comes before what is in it, and that in the order of its names.
    private void tell(ArchivePlan.Entries entries, int top, ArchiveNames names) throws IOException {
        Deque<Integer> left = new ArrayDeque<>(List.of(top));
        while (!left.isEmpty()) {
            int node = left.pop();
            byte[] path = tree.filePath(node).bytes();
            // The root need not be in any layer; the directory of one is there.
            entries.add(Math.max(0, tree.layerOf(node) - 1), path, names.of(path), Set.of(Take.IF_PRESENT));
            Comparator<Integer> byName = tree::compareNames;
            Arrays.stream(tree.children(node))
                    .filter(tree::isThere)
                    .boxed()
                    .sorted(byName.reversed())
                    .forEach(left::push);
        }
    }

    /// Entries of the tar are called by their numbers.
    @Override
    public void read(List<Integer> files, FileReader reader) {
        if (files.isEmpty()) {
            return;
        }
        TreeArchive archive = open(ArchiveForm.PLAIN, entries -> {
            for (int node : files) {
                byte[] name = Integer.toString(node).getBytes(StandardCharsets.US_ASCII);
                entries.add(tree.layerOf(node) - 1, tree.filePath(node).bytes(), name, Set.of(Take.IF_PRESENT));
            }
        });
        try (archive) {
            TarArchiveInputStream tar = new TarArchiveInputStream(archive.tar());
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile() && !entry.isLink()) {
                    reader.read(Integer.parseInt(entry.getName()), tar);
                }
            }
        } catch (RuntimeUnavailableException failure) {
            throw new FailedException("read", subject, String.valueOf(failure.getMessage()), "");
        } catch (IOException failure) {
            throw StorageFailure.of("read", subject, failure);
        }
    }

    private TreeArchive open(ArchiveForm form, ArchivePlan plan) {
        try {
            return runtime.archive(roots, form, plan);
        } catch (RuntimeUnavailableException failure) {
            throw new FailedException("read", subject, String.valueOf(failure.getMessage()), "");
        }
    }
}
