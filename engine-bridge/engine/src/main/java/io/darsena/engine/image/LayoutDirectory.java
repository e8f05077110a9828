package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.image.document.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.LongConsumer;

/// An OCI image layout as a directory. Symbolic links in it are not followed, and nothing but regular files
/// is opened: a pipe in the place of a blob would hold the import up for ever.
final class LayoutDirectory implements ImageLayout {

    private final Path directory;
    private final byte[] index;

    private LayoutDirectory(Path directory, byte[] index) {
        this.directory = directory;
        this.index = index;
    }

    static LayoutDirectory open(Path directory) {
        if (!Files.exists(directory.resolve(LayoutMarker.FILE), LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidRequestException(
                    "import",
                    directory.toString(),
                    "it is a directory without an '" + LayoutMarker.FILE + "' file, so no OCI image layout",
                    "give an OCI layout or an archive of one");
        }
        LayoutMarker.check(document(directory.resolve(LayoutMarker.FILE)), directory.toString());
        return new LayoutDirectory(directory, document(directory.resolve("index.json")));
    }

    private static byte[] document(Path file) {
        String subject = file.toString();
        try {
            requireRegular(file, subject);
            try (InputStream stream = bytes(file)) {
                byte[] bytes = stream.readNBytes(LARGEST_DOCUMENT + 1);
                if (bytes.length > LARGEST_DOCUMENT) {
                    throw new CorruptedException(
                            "read", subject, "it is larger than " + LARGEST_DOCUMENT + " bytes", "");
                }
                return bytes;
            }
        } catch (NoSuchFileException e) {
            throw new CorruptedException("read", subject, "it is missing", "get the whole image again");
        } catch (IOException e) {
            throw StorageFailure.of("read", subject, e);
        }
    }

    private static InputStream bytes(Path file) throws IOException {
        return Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static long requireRegular(Path file, String subject) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            String found = attributes.isSymbolicLink() ? "a symbolic link, which is not followed" : "no regular file";
            throw new CorruptedException("read", subject, "it is " + found, "");
        }
        return attributes.size();
    }

    @Override
    public String name() {
        return SourceName.of(directory);
    }

    @Override
    public byte[] index() {
        return index;
    }

    @Override
    public void fetch(Descriptor blob, BlobStore into, LongConsumer progress) {
        if (into.holds(blob.digest(), blob.size())) {
            progress.accept(blob.size());
            return;
        }
        String subject = "blob " + blob.digest();
        try {
            Path file = blobs().resolve(blob.digest().hex());
            long size = requireRegular(file, subject);
            if (size != blob.size()) {
                throw new CorruptedException(
                        "import",
                        subject,
                        "it has " + size + " bytes, and its descriptor promises " + blob.size(),
                        "get the whole image again");
            }
            try (InputStream stream = bytes(file)) {
                into.take(blob.digest(), blob.size(), stream, progress);
            }
        } catch (NoSuchFileException e) {
            throw ImageSource.missing(
                    blob.digest(), directory.toString(), blob.mediaType().isForeignLayer());
        } catch (IOException e) {
            throw StorageFailure.of("read", subject, e);
        }
    }

    @Override
    public boolean offer(Descriptor blob, BlobStore into) {
        if (!into.holds(blob.digest(), blob.size())) {
            if (!Files.exists(
                    directory.resolve("blobs/sha256").resolve(blob.digest().hex()))) {
                return false;
            }
            fetch(blob, into, bytes -> {});
        }
        return true;
    }

    private Path blobs() throws IOException {
        Path path = directory;
        for (String step : new String[] {"blobs", "sha256"}) {
            path = path.resolve(step);
            if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isDirectory()) {
                throw new CorruptedException("read", path.toString(), "it is not a directory", "");
            }
        }
        return path;
    }
}
