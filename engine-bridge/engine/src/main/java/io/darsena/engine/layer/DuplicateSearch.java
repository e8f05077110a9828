package io.darsena.engine.layer;

import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.layer.Duplicates;
import io.darsena.bridge.layer.Duplicates.Copy;
import io.darsena.bridge.layer.Duplicates.Group;
import io.darsena.bridge.layer.Duplicates.Rewritten;
import io.darsena.bridge.layer.FileTree;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.layer.SameSizes.Candidate;
import io.darsena.runtime.ArchiveForm;
import io.darsena.runtime.ArchivePlan.Take;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.RuntimeUnavailableException;
import io.darsena.runtime.TreeArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Reads the files of a source that [SameSizes] has found, and tells which have the same content. They come as one
/// archive out of the unpacked layers, each once. Used by one thread, for one search.
final class DuplicateSearch {

    private static final int BLOCK = 1 << 16;
    private static final int MOST_GROUPS = 1000;
    private static final int MOST_COPIES = 100;

    private final ContainerRuntime runtime;
    private final String subject;
    private final List<Path> roots;
    private final SameSizes same;
    private final FileTree tree;
    private final SearchMeter meter;
    private final MessageDigest hash = sha256();
    private final byte[] block = new byte[BLOCK];

    /// A content: the files of a size have the same one when their digests are equal.
    private record Content(long size, ByteBuffer digest) {}

    /// @param subject what error messages call the source
    /// @param roots the directories of its layers, the lowest first
    /// @param tree all that who looks at it sees
    DuplicateSearch(
            ContainerRuntime runtime,
            String subject,
            List<Path> roots,
            SameSizes same,
            FileTree tree,
            Consumer<? super TransferProgress> progress) {
        this.runtime = runtime;
        this.subject = subject;
        this.roots = List.copyOf(roots);
        this.same = same;
        this.tree = tree;
        this.meter = new SearchMeter("the files of", subject, same.bytes(), progress);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Duplicates run() {
        List<Candidate> candidates = same.candidates();
        Content[] contents = new Content[candidates.size()];
        if (!candidates.isEmpty()) {
            meter.tell();
            read(candidates, contents);
        }
        return result(candidates, contents);
    }

    private void read(List<Candidate> candidates, Content[] contents) {
        try (TreeArchive archive = runtime.archive(roots, ArchiveForm.PLAIN, entries -> {
                    for (int number = 0; number < candidates.size(); number++) {
                        Candidate each = candidates.get(number);
                        byte[] name = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
                        entries.add(each.layer() - 1, each.path(), name, Set.of(Take.IF_PRESENT));
                    }
                });
                TarArchiveInputStream tar = new TarArchiveInputStream(archive.tar())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isDirectory()) {
                    // A container has made one of what was a file.
                    continue;
                }
                int number = Integer.parseInt(entry.getName());
                if (entry.isLink()) {
                    // It has been read under another name, or for another reason.
                    contents[number] = contents[Integer.parseInt(entry.getLinkName())];
                    meter.count(candidates.get(number).size());
                } else if (entry.isFile()
                        && entry.getSize() == candidates.get(number).size()) {
                    contents[number] = new Content(entry.getSize(), ByteBuffer.wrap(digest(tar)));
                }
            }
        } catch (RuntimeUnavailableException failure) {
            throw new FailedException("compare the files of", subject, String.valueOf(failure.getMessage()), "");
        } catch (IOException failure) {
            meter.refuseIfCancelled();
            throw StorageFailure.of("compare the files of", subject, failure);
        }
    }

    private byte[] digest(InputStream content) throws IOException {
        for (int count = content.read(block); count >= 0; count = content.read(block)) {
            hash.update(block, 0, count);
            meter.count(count);
        }
        return hash.digest();
    }

    private Duplicates result(List<Candidate> candidates, Content[] contents) {
        Map<Content, List<Candidate>> files = new HashMap<>();
        Map<Candidate, Content> replaced = new HashMap<>();
        int read = 0;
        for (int number = 0; number < contents.length; number++) {
            Content content = contents[number];
            if (content != null) {
                read++;
                Candidate each = candidates.get(number);
                if (each.isSeen()) {
                    files.computeIfAbsent(content, any -> new ArrayList<>()).add(each);
                }
                if (each.isPartOfPair()) {
                    replaced.put(each, content);
                }
            }
        }
        List<Group> groups = files.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> group(entry.getKey().size(), entry.getValue()))
                .sorted(Comparator.comparingLong(Group::wasted).reversed())
                .toList();
        List<Rewritten> rewritten = same.pairs().stream()
                .filter(pair -> replaced.containsKey(pair.before())
                        && replaced.get(pair.before()).equals(replaced.get(pair.after())))
                .map(pair -> new Rewritten(
                        tree.filePath(pair.after().node()),
                        pair.before().size(),
                        pair.before().layer(),
                        pair.after().layer()))
                .limit(MOST_GROUPS)
                .toList();
        long bytes = groups.stream().mapToLong(Group::wasted).sum();
        return new Duplicates(
                bytes, groups.size(), groups.stream().limit(MOST_GROUPS).toList(), rewritten, read, same.unread());
    }

    private Group group(long size, List<Candidate> files) {
        List<Copy> copies = files.stream()
                .map(each -> new Copy(tree.filePath(each.node()), each.layer()))
                .sorted(Comparator.comparingInt(Copy::layer).thenComparing(Copy::path))
                .limit(MOST_COPIES)
                .toList();
        return new Group(size, files.size(), copies);
    }
}
