package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.DigestingStream;
import io.darsena.runtime.ArchiveForm;
import io.darsena.runtime.ArchivePlan;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.LayerExtraction;
import io.darsena.runtime.LayerRejectedException;
import io.darsena.runtime.Reversion;
import io.darsena.runtime.RuntimeFacts;
import io.darsena.runtime.RuntimeFailure;
import io.darsena.runtime.Sandbox;
import io.darsena.runtime.SandboxListener;
import io.darsena.runtime.SandboxSpec;
import io.darsena.runtime.TreeArchive;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// Unpacks, lists, archives and deletes layers in this JVM: no namespaces, no owners, and for trees that a test has
/// made only.
public class TarRuntime implements ContainerRuntime {

    @Override
    public LayerExtraction extract(Path target, Path index) {
        return new Extraction(target, index);
    }

    @Override
    public void makeDirectory(Path directory, int mode) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void delete(Path tree) {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LayerRejectedException rejected(String reason) {
        return new LayerRejectedException(
                new RuntimeFailure("layer", "read", "layer", OptionalInt.empty(), reason, ""));
    }

    private final class Extraction implements LayerExtraction {
        private final Path target;
        private final Path index;
        private final Path stored;
        private final OutputStream sink;

        Extraction(Path target, Path index) {
            this.target = target;
            this.index = index;
            this.stored = index.resolveSibling("stored");
            try {
                sink = Files.newOutputStream(stored);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public OutputStream sink() {
            return sink;
        }

        @Override
        public Result finish() {
            try {
                sink.close();
                return unpack();
            } catch (IOException e) {
                throw rejected(String.valueOf(e.getMessage()));
            }
        }

        private Result unpack() throws IOException {
            List<String> lines = new ArrayList<>();
            long[] counts = new long[2];
            DigestingStream digest;
            Digest blob;
            try (DigestingStream bytes = new DigestingStream(Files.newInputStream(stored))) {
                bytes.transferTo(OutputStream.nullOutputStream());
                blob = bytes.digest();
            }
            long size;
            try (InputStream file = new BufferedInputStream(Files.newInputStream(stored))) {
                file.mark(2);
                boolean gzip = file.read() == 0x1f && file.read() == 0x8b;
                file.reset();
                byte[] tar = (gzip ? new GZIPInputStream(file) : file).readAllBytes();
                size = tar.length;
                digest = new DigestingStream(new ByteArrayInputStream(tar));
                read(new TarArchiveInputStream(digest), lines, counts);
                digest.transferTo(OutputStream.nullOutputStream());
            }
            Files.delete(stored);
            Files.write(index, lines, StandardCharsets.ISO_8859_1);
            return new Result(
                    blob.toString(), digest.digest().toString(), "any", size, counts[1], counts[0], List.of());
        }

        private void read(TarArchiveInputStream tar, List<String> lines, long[] counts) throws IOException {
            Set<String> named = new HashSet<>(Set.of("."));
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().replaceAll("/$", "");
                Path path = target.resolve(name).normalize();
                if (!path.startsWith(target)) {
                    throw rejected("'" + name + "' reaches outside");
                }
                imply(name, named, lines);
                Files.createDirectories(path.getParent());
                String base = path.getFileName().toString();
                counts[0]++;
                if (base.equals(".wh..wh..opq")) {
                    lines.add(line("o", entry, "-", name.substring(0, name.length() - base.length() - 1)));
                } else if (base.startsWith(".wh.")) {
                    lines.add(line("w", entry, "-", name.replace(".wh.", "")));
                } else if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    named.add(name);
                    lines.add(line("d", entry, "-", name));
                } else if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                    lines.add(line("l", entry, "-", name));
                } else {
                    Files.write(path, tar.readAllBytes());
                    counts[1] += entry.getSize();
                    lines.add(line("f", entry, "-", name));
                }
            }
        }

        private static void imply(String name, Set<String> named, List<String> lines) {
            for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
                String parent = name.substring(0, slash);
                if (named.add(parent)) {
                    lines.add("d\t755\t0\t0\t0\t0\ti\t" + parent + "\t");
                }
            }
        }

        private static String line(String type, TarArchiveEntry entry, String flags, String path) {
            return String.join(
                    "\t",
                    type,
                    Integer.toOctalString(entry.getMode() & 07777),
                    Long.toString(entry.getLongUserId()),
                    Long.toString(entry.getLongGroupId()),
                    Long.toString(entry.getSize()),
                    Long.toString(entry.getLastModifiedTime().toInstant().getEpochSecond()),
                    flags,
                    path,
                    "");
        }

        @Override
        public void close() {
            try {
                sink.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public RuntimeFacts facts() {
        return new RuntimeFacts("6.18", false, false, List.of());
    }

    @Override
    public Sandbox start(SandboxSpec spec, SandboxListener listener) {
        throw new UnsupportedOperationException("this runtime has only layers");
    }

    @Override
    public Optional<Reconnected> reconnect(Path runDirectory, Path stateDirectory, long run, SandboxListener listener) {
        return Optional.empty();
    }

    @Override
    public TreeUsage usage(Path tree) {
        try {
            Process process = new ProcessBuilder("du", "-s", "-B1", tree.toString()).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new TreeUsage(Long.parseLong(text.split("\\s", 2)[0]), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public TreeListing list(Path root, Path index, List<Path> below) {
        try {
            return PlainTree.list(root, index);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// What is written is in the writable layer alone, whoever runs, and hides nothing.
    @Override
    public void revert(Reversion reversion) {
        if (reversion.place() instanceof Reversion.Stored(Path upper, Path trash)) {
            for (Reversion.Step step : reversion.steps()) {
                delete(upper.resolve(new String(step.path(), StandardCharsets.UTF_8)));
            }
        }
    }

    @Override
    public TreeArchive archive(List<Path> roots, ArchiveForm form, ArchivePlan plan) {
        return PlainTree.archive(roots, plan);
    }

    @Override
    public void close() {}
}
