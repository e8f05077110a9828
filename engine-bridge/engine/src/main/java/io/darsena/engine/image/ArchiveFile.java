package io.darsena.engine.image;

import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.engine.content.FreeSpace;
import io.darsena.engine.content.StorageFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// A file of a person's choosing, which gets new content as a whole or stays as it was.
final class ArchiveFile {

    private static final String OPERATION = "save";

    private final Path file;
    private final Path folder;

    private ArchiveFile(Path file, Path folder) {
        this.file = file;
        this.folder = folder;
    }

    /// Writes the bytes; it need not close the stream.
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream stream) throws IOException;
    }

    /// Looks whether it can be written. A symbolic link is followed: what it leads to is replaced.
    static ArchiveFile at(Path file) {
        try {
            Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            Path folder = real.getParent();
            if (folder == null || Files.isDirectory(real)) {
                throw new InvalidRequestException(OPERATION, real.toString(), "it is a folder", "name a file in it");
            }
            if (Files.exists(real) && !Files.isRegularFile(real)) {
                throw new InvalidRequestException(
                        OPERATION, real.toString(), "it is no regular file", "name another file");
            }
            if (!Files.isDirectory(folder)) {
                throw new NotFoundException(
                        OPERATION, real.toString(), "there is no folder " + folder, "make it, or choose another");
            }
            return new ArchiveFile(real, folder);
        } catch (IOException e) {
            throw StorageFailure.of(OPERATION, file.toString(), e);
        }
    }

    /// @param bytes about as many as it gets
    /// @throws io.darsena.bridge.error.UnavailableException when there is no room for them, if possible before the
    /// first
    ///     is written
    void replace(long bytes, Content content) {
        new FreeSpace(folder, 0).require(OPERATION, file.toString(), bytes);
        Path unfinished = folder.resolve(".darsena-" + UUID.randomUUID() + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(Channels.newOutputStream(channel));
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw StorageFailure.of(OPERATION, file.toString(), e);
        } finally {
            delete(unfinished);
        }
    }

    private static void delete(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw StorageFailure.of("delete", unfinished.toString(), e);
        }
    }
}
