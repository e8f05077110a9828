package io.darsena.app.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a file or folder looks like something to import. It reads a few hundred bytes; the engine's own checks
/// follow.
public sealed interface ImportSource {

    Path path();

    /// An OCI layout: a folder with `oci-layout` and `index.json`.
    record Layout(Path path) implements ImportSource {}

    /// A tar archive, plain or compressed.
    record Archive(Path path) implements ImportSource {}

    /// @param reason key of the message bundles
    record Refused(Path path, String reason) implements ImportSource {}

    static ImportSource of(Path path) {
        if (Files.isDirectory(path)) {
            boolean layout =
                    Files.isRegularFile(path.resolve("oci-layout")) && Files.isRegularFile(path.resolve("index.json"));
            return layout ? new Layout(path) : new Refused(path, "import.refused.folder");
        }
        if (!Files.isRegularFile(path)) {
            return new Refused(path, "import.refused.missing");
        }
        try (InputStream file = Files.newInputStream(path)) {
            return isArchive(file.readNBytes(512)) ? new Archive(path) : new Refused(path, "import.refused.file");
        } catch (IOException unreadable) {
            return new Refused(path, "import.refused.unreadable");
        }
    }

    default String name() {
        return String.valueOf(path().getFileName());
    }

    private static boolean isArchive(byte[] head) {
        return begins(head, 0, 0x1f, 0x8b)
                || begins(head, 0, 0x28, 0xb5, 0x2f, 0xfd)
                || begins(head, 0, 0xfd, '7', 'z', 'X', 'Z', 0x00)
                || begins(head, 0, 'B', 'Z', 'h')
                || begins(head, 257, 'u', 's', 't', 'a', 'r');
    }

    private static boolean begins(byte[] head, int at, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (head.length <= at + i || (head[at + i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
