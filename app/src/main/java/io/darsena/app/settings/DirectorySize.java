package io.darsena.app.settings;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a directory takes, as a whole and each of its parts. Files that are linked several times count once; links are
/// not followed.
///
/// @param complete false when something in it may not be read, so that it takes at least so much
record DirectorySize(long bytes, boolean complete, List<Part> parts) {

    DirectorySize {
        parts = List.copyOf(parts);
    }

    /// A file or directory right in it, largest first.
    record Part(String name, long bytes) {}

    /// Takes as long as the disk needs.
    ///
    /// @throws CancellationException when the thread is interrupted meanwhile
    static DirectorySize of(Path directory) {
        Measure measure = new Measure();
        List<Part> parts = new ArrayList<>();
        List<Path> children = new ArrayList<>();
        try (Stream<Path> listed = Files.list(directory)) {
            listed.forEach(children::add);
        } catch (IOException unreadable) {
            return new DirectorySize(0, false, List.of());
        }
        for (Path child : children) {
            parts.add(new Part(String.valueOf(child.getFileName()), measure.of(child)));
        }
        parts.sort((one, other) -> Long.compare(other.bytes(), one.bytes()));
        return new DirectorySize(parts.stream().mapToLong(Part::bytes).sum(), measure.complete, parts);
    }

    private static final class Measure extends SimpleFileVisitor<Path> {

        private final Set<Object> linked = new HashSet<>();
        private boolean complete = true;
        private long bytes;

        long of(Path tree) {
            bytes = 0;
            try {
                Files.walkFileTree(tree, this);
            } catch (IOException impossible) {
                complete = false;
            }
            return bytes;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException();
            }
            if (attributes.isRegularFile() && (isLinkedOnce(file) || linked.add(attributes.fileKey()))) {
                bytes += attributes.size();
            }
            return FileVisitResult.CONTINUE;
        }

        private static boolean isLinkedOnce(Path file) throws IOException {
            return Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                    .equals(1);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException reason) {
            complete = false;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException reason) {
            return FileVisitResult.CONTINUE;
        }
    }
}
