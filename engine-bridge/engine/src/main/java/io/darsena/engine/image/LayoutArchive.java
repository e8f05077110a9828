package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.image.document.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/// An archive: the tar of an OCI image layout, or of what `docker save` wrote before that. Its entries may come in any
/// order, so it is read once from end to end and its blobs go to the store at once, verified and held; what no image
/// needs is let go of with the hold.
final class LayoutArchive implements ImageLayout {

    /// What an archive may hold besides images before it is taken for something else.
    private static final long MOST_FOREIGN_BYTES = 256L << 20;

    private final Path file;
    private final byte[] index;

    private LayoutArchive(Path file, byte[] index) {
        this.file = file;
        this.index = index;
    }

    /// @param libraries see [ArchiveCompression]
    static LayoutArchive open(Path file, Path libraries, BlobStore blobs, Holdings.Hold hold, LongConsumer progress) {
        try (ArchiveEntries entries = ArchiveEntries.open(file, libraries, progress)) {
            return new LayoutArchive(file, new Reading(file, blobs, hold).index(entries));
        } catch (IOException e) {
            throw StorageFailure.of("import", file.toString(), e);
        }
    }

    @Override
    public String name() {
        return SourceName.of(file);
    }

    @Override
    public byte[] index() {
        return index;
    }

    @Override
    public void fetch(Descriptor blob, BlobStore into, LongConsumer progress) {
        if (!into.holds(blob.digest(), blob.size())) {
            throw ImageSource.missing(
                    blob.digest(),
                    file + " with the size that is promised",
                    blob.mediaType().isForeignLayer());
        }
        progress.accept(blob.size());
    }

    @Override
    public boolean offer(Descriptor blob, BlobStore into) {
        return into.holds(blob.digest(), blob.size());
    }

    /// The one pass through the archive.
    private static final class Reading {
        private final String subject;
        private final BlobStore blobs;
        private final Holdings.Hold hold;
        private final Map<String, byte[]> documents = new HashMap<>();
        private final DockerArchive docker;
        private long foreignBytes;

        Reading(Path file, BlobStore blobs, Holdings.Hold hold) {
            this.subject = file.toString();
            this.blobs = blobs;
            this.hold = hold;
            this.docker = new DockerArchive(subject, blobs, hold);
        }

        byte[] index(ArchiveEntries entries) throws IOException {
            for (Optional<TarArchiveEntry> entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                read(entry.get(), entries);
            }
            byte[] marker = documents.get(LayoutMarker.FILE);
            byte[] index = documents.get(ArchiveNames.INDEX);
            byte[] manifest = documents.get(ArchiveNames.DOCKER_MANIFEST);
            if (marker != null && index != null) {
                LayoutMarker.check(marker, subject);
                return index;
            }
            if (manifest != null) {
                return docker.index(manifest);
            }
            throw new InvalidRequestException(
                    "import",
                    subject,
                    "it is neither an OCI archive (no 'oci-layout' and 'index.json' in it) nor one of docker save",
                    "");
        }

        private void read(TarArchiveEntry entry, ArchiveEntries entries) throws IOException {
            String name = ArchiveNames.plain(entry.getName());
            boolean known =
                    ArchiveNames.isDocument(name) || ArchiveNames.blob(name).isPresent();
            // Of a header and a few bytes it may be as long as it likes, whatever its name and kind.
            if (entry.isSparse()) {
                throw special(name);
            }
            if (entry.isDirectory()) {
                pass(entry);
                return;
            }
            if (entry.isSymbolicLink() && ArchiveNames.isDockerFile(name)) {
                docker.link(name, entry.getLinkName());
                pass(entry);
                return;
            }
            if (!known && !(ArchiveNames.isDockerFile(name) && isPlainFile(entry))) {
                pass(entry);
                return;
            }
            if (!isPlainFile(entry)) {
                throw special(name);
            }
            if (ArchiveNames.isDocument(name)) {
                document(name, entry, entries);
            } else if (ArchiveNames.blob(name).isPresent()) {
                blob(ArchiveNames.blob(name).get(), entry, entries);
            } else {
                docker.file(name, entry.getSize(), entries.content());
            }
        }

        private static boolean isPlainFile(TarArchiveEntry entry) {
            return entry.isFile()
                    && !entry.isLink()
                    && !entry.isSymbolicLink()
                    && !entry.isSparse()
                    && !entry.isFIFO()
                    && !entry.isCharacterDevice()
                    && !entry.isBlockDevice();
        }

        private void document(String name, TarArchiveEntry entry, ArchiveEntries entries) throws IOException {
            if (entry.getSize() > LARGEST_DOCUMENT) {
                throw broken("'" + name + "' has " + entry.getSize() + " bytes, more than " + LARGEST_DOCUMENT);
            }
            byte[] bytes = entries.content().readNBytes(LARGEST_DOCUMENT);
            if (documents.put(name, bytes) != null) {
                throw broken("'" + name + "' is in it twice: which one counts depends on who reads it");
            }
        }

        private void blob(Digest digest, TarArchiveEntry entry, ArchiveEntries entries) {
            hold.on(digest);
            if (!blobs.holds(digest, entry.getSize())) {
                blobs.take(digest, entry.getSize(), entries.content(), bytes -> {});
            }
        }

        private void pass(TarArchiveEntry entry) {
            if (entry.getSize() > MOST_FOREIGN_BYTES - foreignBytes) {
                throw broken("it holds more than " + (MOST_FOREIGN_BYTES >> 20) + " MiB that belong to no image");
            }
            foreignBytes += entry.getSize();
        }

        private CorruptedException special(String name) {
            return broken("entry '" + name + "' is a link, a sparse or a special file");
        }

        private CorruptedException broken(String reason) {
            return new CorruptedException("import", subject, reason, "");
        }
    }
}
