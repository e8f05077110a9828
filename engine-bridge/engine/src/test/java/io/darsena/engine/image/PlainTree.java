package io.darsena.engine.image;

import io.darsena.runtime.ArchivePlan;
import io.darsena.runtime.ArchivePlan.Take;
import io.darsena.runtime.ContainerRuntime.TreeListing;
import io.darsena.runtime.PathMissingException;
import io.darsena.runtime.RuntimeFailure;
import io.darsena.runtime.TreeArchive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Lists and archives trees of files, directories and symbolic links in this JVM, in memory.
final class PlainTree {

    private PlainTree() {}

    static TreeListing list(Path root, Path index) throws IOException {
        List<String> lines = new ArrayList<>();
        long bytes = 0;
        List<Path> entries = below(root);
        for (Path entry : entries) {
            Map<String, Object> facts = Files.readAttributes(entry, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
            boolean file = Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS);
            long size = file ? Files.size(entry) : 0;
            boolean link = Files.isSymbolicLink(entry);
            String name = root.relativize(entry).toString();
            lines.add(String.join(
                    "\t",
                    file ? "f" : link ? "l" : "d",
                    Integer.toOctalString((Integer) Objects.requireNonNull(facts.get("mode")) & 07777),
                    String.valueOf(facts.get("uid")),
                    String.valueOf(facts.get("gid")),
                    Long.toString(size),
                    Long.toString(Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .getEpochSecond()),
                    "-",
                    name.isEmpty() ? "." : name,
                    link ? Files.readSymbolicLink(entry).toString() : ""));
            bytes += size;
        }
        Files.write(index, lines, StandardCharsets.UTF_8);
        return new TreeListing(entries.size(), bytes, 0);
    }

    static TreeArchive archive(List<Path> roots, ArchivePlan plan) {
        var bytes = new ByteArrayOutputStream();
        var tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        long[] counts = new long[3];
        try (tar) {
            plan.tell((root, path, name, how) -> {
                Path start = roots.get(root).resolve(text(path));
                if (Files.exists(start, LinkOption.NOFOLLOW_LINKS)) {
                    List<Path> entries = how.contains(Take.RECURSIVELY) ? below(start) : List.of(start);
                    for (Path entry : entries) {
                        add(tar, entry, join(text(name), start.relativize(entry).toString()), counts);
                    }
                } else if (how.contains(Take.IF_PRESENT)) {
                    counts[2]++;
                } else {
                    throw missing(text(path));
                }
            });
        } catch (IOException | RuntimeException failure) {
            return new Made(new FailingStream(failure), counts);
        }
        return new Made(new ByteArrayInputStream(bytes.toByteArray()), counts);
    }

    private static void add(TarArchiveOutputStream tar, Path entry, String name, long[] counts) throws IOException {
        if (name.isEmpty()) {
            return;
        }
        boolean link = Files.isSymbolicLink(entry);
        var header = link
                ? new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true)
                : new TarArchiveEntry(entry, name, LinkOption.NOFOLLOW_LINKS);
        if (name.startsWith("/")) {
            // This class takes such a slash away.
            header = new TarArchiveEntry(name, header.getLinkFlag(), true);
            header.setSize(Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) ? Files.size(entry) : 0);
        }
        if (link) {
            header.setLinkName(Files.readSymbolicLink(entry).toString());
        }
        counts[0]++;
        tar.putArchiveEntry(header);
        if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
            counts[1] += Files.copy(entry, tar);
        }
        tar.closeArchiveEntry();
    }

    private static List<Path> below(Path start) throws IOException {
        try (Stream<Path> entries = Files.walk(start)) {
            return entries.sorted().toList();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String join(String name, String below) {
        return below.isEmpty() || name.isEmpty() ? name + below : name + "/" + below;
    }

    private static PathMissingException missing(String path) {
        return new PathMissingException(
                new RuntimeFailure("plan", "archive", path, OptionalInt.of(2), "No such file or directory", ""));
    }

    private record Made(InputStream tar, long[] counts) implements TreeArchive {
        @Override
        public Summary summary() {
            if (tar instanceof ByteArrayInputStream bytes && bytes.available() > 0) {
                throw new IllegalStateException("the tar has not been read to its end");
            }
            return new Summary(counts[0], counts[1], counts[2]);
        }

        @Override
        public void close() {}
    }

    private static final class FailingStream extends InputStream {
        private final Exception failure;

        FailingStream(Exception failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IOException(failure);
        }
    }
}
