package io.darsena.engine.layer;

import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.layer.ArchivedEntries;
import io.darsena.bridge.layer.ComparedContents;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.NodeSet;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.engine.content.StorageFailure;
import io.darsena.runtime.ArchiveForm;
import io.darsena.runtime.ArchivePlan.Take;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.RuntimeUnavailableException;
import io.darsena.runtime.TreeArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/// Compares what files of two images or containers hold, and the extended attributes of these and of directories.
/// They come out of the unpacked layers as two archives of the same entries, which are read side by side; a large
/// file has two archives of its own, so that reading can end where it differs. An archive has a file once: what is
/// one file in one image alone, under several names, is read again for each. Used by one thread, for one comparison.
final class ContentSearch {

    private static final long MOST_BYTES = 2L << 30;

    /// To read on to the end costs more than one more archiver.
    private static final long LARGE = 4L << 20;

    /// How often an archive is opened for further names of the same files.
    private static final int MOST_ROUNDS = 16;

    private static final int BLOCK = 1 << 16;

    private final ContainerRuntime runtime;
    private final String subject;
    private final Side before;
    private final Side after;
    private final TreeComparison files;
    private final Choice choice;
    private final SearchMeter meter;
    private final byte[] blockBefore = new byte[BLOCK];
    private final byte[] blockAfter = new byte[BLOCK];
    private final BitSet differing = new BitSet();
    private final BitSet attributes = new BitSet();
    private final BitSet read = new BitSet();

    /// One of both.
    ///
    /// @param roots the directories of its layers, the lowest first
    record Side(FileTree tree, List<Path> roots) {

        Side {
            roots = List.copyOf(roots);
        }
    }

    /// What is read.
    ///
    /// @param nodes in ascending order
    /// @param bytes of all of them, in both together
    record Choice(int[] nodes, long bytes) {

        /// Small ones first, so that of most files it is known.
        ///
        /// @param most bytes
        static Choice of(TreeComparison files, long most) {
            FileTree before = files.before();
            long[] bySize = files.uncompared()
                    .mapToLong(
                            node -> Math.min(before.size(files.twin(node)), Integer.MAX_VALUE) << Integer.SIZE | node)
                    .sorted()
                    .toArray();
            long bytes = 0;
            int count = 0;
            while (count < bySize.length && (bySize[count] >>> Integer.SIZE) * 2 <= most - bytes) {
                bytes += (bySize[count++] >>> Integer.SIZE) * 2;
            }
            int[] nodes = Arrays.stream(bySize, 0, count)
                    .mapToInt(each -> (int) each)
                    .sorted()
                    .toArray();
            return new Choice(nodes, bytes);
        }
    }

    /// @param subject what error messages call the two
    ContentSearch(
            ContainerRuntime runtime,
            String subject,
            Side before,
            Side after,
            TreeComparison files,
            Consumer<? super TransferProgress> progress) {
        this.runtime = runtime;
        this.subject = subject;
        this.before = before;
        this.after = after;
        this.files = files;
        this.choice = Choice.of(files, MOST_BYTES);
        this.meter = new SearchMeter("the contents of", subject, choice.bytes(), progress);
    }

    ComparedContents run() {
        if (choice.nodes().length > 0) {
            meter.tell();
            int[] small = Arrays.stream(choice.nodes())
                    .filter(node -> size(node) <= LARGE)
                    .toArray();
            for (int round = 0; round < MOST_ROUNDS && small.length > 0; round++) {
                small = compare(small);
            }
            for (int node : choice.nodes()) {
                if (size(node) > LARGE) {
                    meter.refuseIfCancelled();
                    compare(new int[] {node});
                }
            }
            meter.tell();
        }
        NodeSet unread = NodeSet.of(files.uncompared().filter(node -> !read.get(node)));
        return new ComparedContents(
                NodeSet.of(differing.stream()), NodeSet.of(attributes.stream()), unread, read.cardinality());
    }

    private long size(int node) {
        return before.tree().size(files.twin(node));
    }

    /// @param nodes in ascending order
    /// @return those of them that came as one more name of another one
    private int[] compare(int[] nodes) {
        BitSet further = new BitSet();
        try (TreeArchive then = open(before, nodes, files::twin);
                TreeArchive now = open(after, nodes, node -> node)) {
            ArchivedEntries oldFiles = new ArchivedEntries(then.tar());
            ArchivedEntries newFiles = new ArchivedEntries(now.tar());
            sideBySide(oldFiles, newFiles, nodes.length == 1, further);
            return further.stream().toArray();
        } catch (RuntimeUnavailableException failure) {
            meter.refuseIfCancelled();
            throw new FailedException("compare the contents of", subject, String.valueOf(failure.getMessage()), "");
        } catch (IOException failure) {
            meter.refuseIfCancelled();
            throw StorageFailure.of("compare the contents of", subject, failure);
        }
    }

    /// Entries are called by the number in the new tree. What is gone meanwhile is left out.
    private TreeArchive open(Side side, int[] nodes, IntUnaryOperator own) {
        return runtime.archive(side.roots(), ArchiveForm.PLAIN, entries -> {
            for (int node : nodes) {
                int there = own.applyAsInt(node);
                byte[] name = Integer.toString(node).getBytes(StandardCharsets.US_ASCII);
                byte[] path = side.tree().filePath(there).bytes();
                entries.add(side.tree().layerOf(there) - 1, path, name, Set.of(Take.IF_PRESENT));
            }
        });
    }

    /// @param alone there is one file, and where it differs nobody needs the rest
    /// @param further gets what has to be read again
    private void sideBySide(ArchivedEntries then, ArchivedEntries now, boolean alone, BitSet further)
            throws IOException {
        Optional<ArchivedEntries.Entry> old = then.next();
        Optional<ArchivedEntries.Entry> fresh = now.next();
        while (old.isPresent() && fresh.isPresent()) {
            int node = number(fresh.get());
            int order = Integer.compare(number(old.get()), node);
            if (order == 0) {
                if (old.get().isLink() || fresh.get().isLink()) {
                    further.set(node);
                } else if (isWhole(old.get(), node) && isWhole(fresh.get(), node)) {
                    attributes.set(
                            node, !old.get().attributes().equals(fresh.get().attributes()));
                    differing.set(node, !isSame(then.bytes(), now.bytes(), size(node)));
                    read.set(node);
                }
                if (alone) {
                    return;
                }
            }
            old = order <= 0 ? then.next() : old;
            fresh = order >= 0 ? now.next() : fresh;
        }
    }

    private static int number(ArchivedEntries.Entry entry) {
        return Integer.parseInt(entry.name());
    }

    /// It is what it was when the trees were read.
    private boolean isWhole(ArchivedEntries.Entry entry, int node) {
        return files.kind(node) == FileKind.DIRECTORY
                ? entry.isDirectory()
                : entry.isFile() && entry.size() == size(node);
    }

    /// Reads up to the first difference.
    private boolean isSame(InputStream then, InputStream now, long size) throws IOException {
        for (long at = 0; at < size; ) {
            int count = then.readNBytes(blockBefore, 0, BLOCK);
            int others = now.readNBytes(blockAfter, 0, BLOCK);
            if (!Arrays.equals(blockBefore, 0, count, blockAfter, 0, others)) {
                meter.count(2 * (size - at));
                return false;
            }
            if (count == 0) {
                throw new IOException("a file ends before its size");
            }
            at += count;
            meter.count(2L * count);
        }
        return true;
    }
}
