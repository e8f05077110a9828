package io.darsena.engine.image;

import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What pulls have of blobs so far, in files that outlive them: a pull that was cancelled, broken off or killed
/// is gone on with, by the next engine too. The last week's stay, of 16 GiB the newest. Safe for use by several
/// threads; `this` guards what is claimed.
final class PartialBlobs {

    private static final Pattern NAME = Pattern.compile(EnginePaths.PARTIAL + "([0-9a-f]{64})");
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final long MOST_BYTES = 16L << 30;

    private final EnginePaths paths;
    private final Map<Digest, Integer> claimed = new HashMap<>();

    PartialBlobs(EnginePaths paths) {
        this.paths = paths;
    }

    static boolean isPartial(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches()
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    Path file(Digest blob) {
        return paths.partial(blob);
    }

    /// Bytes that are here of a blob.
    long size(Digest blob) {
        try {
            return Files.size(file(blob));
        } catch (NoSuchFileException none) {
            return 0;
        } catch (IOException e) {
            throw StorageFailure.of("read", file(blob).toString(), e);
        }
    }

    /// Keeps these from being pruned until it is closed.
    synchronized Claim claim(Collection<Digest> blobs) {
        blobs.forEach(blob -> claimed.merge(blob, 1, Integer::sum));
        return () -> release(blobs);
    }

    interface Claim extends AutoCloseable {
        @Override
        void close();
    }

    private synchronized void release(Collection<Digest> blobs) {
        blobs.forEach(blob -> claimed.computeIfPresent(blob, (same, count) -> count == 1 ? null : count - 1));
    }

    /// Makes a blob of what is whole and verified. None is no error.
    void promote(Digest blob) {
        try {
            Files.move(file(blob), paths.blob(blob), StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException none) {
            // another pull did, or it came by an import
        } catch (IOException e) {
            throw StorageFailure.of("store", "blob " + blob, e);
        }
    }

    /// A missing one is no error.
    void delete(Digest blob) {
        delete(file(blob));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageFailure.of("delete", file.toString(), e);
        }
    }

    private record Found(Path file, Digest blob, Instant at, long bytes) {}

    /// Deletes what is too old or too much.
    synchronized void prune() {
        List<Found> newestFirst = found();
        Instant oldest = Instant.now().minus(LONGEST);
        long sum = 0;
        for (Found each : newestFirst) {
            sum += each.bytes();
            if (!claimed.containsKey(each.blob()) && (each.at().isBefore(oldest) || sum > MOST_BYTES)) {
                delete(each.file());
            }
        }
    }

    /// What no pull claims, with its bytes.
    synchronized Map<Digest, Long> unclaimed() {
        Map<Digest, Long> unclaimed = new HashMap<>();
        found().stream()
                .filter(each -> !claimed.containsKey(each.blob()))
                .forEach(each -> unclaimed.put(each.blob(), each.bytes()));
        return unclaimed;
    }

    /// Deletes those that no pull claims.
    synchronized void deleteUnclaimed(Collection<Digest> blobs) {
        blobs.stream().filter(blob -> !claimed.containsKey(blob)).forEach(this::delete);
    }

    private List<Found> found() {
        List<Found> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(paths.ingest(), EnginePaths.PARTIAL + "*")) {
            for (Path file : files) {
                if (isPartial(file)) {
                    String digits = file.getFileName().toString().substring(EnginePaths.PARTIAL.length());
                    found.add(new Found(
                            file,
                            new Digest(digits),
                            Files.getLastModifiedTime(file).toInstant(),
                            Files.size(file)));
                }
            }
        } catch (IOException e) {
            throw StorageFailure.of("list", paths.ingest().toString(), e);
        }
        found.sort(Comparator.comparing(Found::at).reversed());
        return found;
    }
}
