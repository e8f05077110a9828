package io.darsena.engine.paths;

import io.darsena.bridge.error.DeniedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/// Directories that belong to the own user alone: made so, and never taken over from somebody else.
final class PrivateDirectory {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<Set<PosixFilePermission>> MODE_0700 =
            PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final int TYPE_MASK = 0170000;
    private static final int TYPE_DIRECTORY = 0040000;
    private static final int GROUP_AND_OTHERS = 0077;

    private PrivateDirectory() {}

    /// The effective user id of this JVM.
    static long ownUid() {
        try {
            return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the own user id from /proc/self", e);
        }
    }

    /// Makes the directory, and parents that are missing, with mode 0700. One that exists must be a directory of
    /// the own user's, at whose end no symbolic link stands unless the own user made it; it gets mode 0700.
    ///
    /// @throws DeniedException otherwise
    static void ensure(Path directory) {
        try {
            ensureParent(directory);
            try {
                Files.createDirectory(directory, MODE_0700);
            } catch (FileAlreadyExistsException e) {
                // judged below, whoever made it
            }
            long uid = ownUid();
            requireOwner(directory, uid, LinkOption.NOFOLLOW_LINKS);
            Path real = directory.toRealPath();
            int mode = requireOwner(real, uid, LinkOption.NOFOLLOW_LINKS);
            if ((mode & TYPE_MASK) != TYPE_DIRECTORY) {
                throw denied(directory, "it is not a directory", "move it away");
            }
            if ((mode & GROUP_AND_OTHERS) != 0) {
                Files.setPosixFilePermissions(real, OWNER_ONLY);
            }
        } catch (IOException e) {
            throw denied(directory, reason(e), "make it usable for this user, or choose another directory");
        }
    }

    private static void ensureParent(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent, MODE_0700);
        }
    }

    private static int requireOwner(Path path, long uid, LinkOption link) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,mode", link);
        long owner = number(attributes, "uid");
        if (owner != uid) {
            throw denied(
                    path,
                    "it belongs to user " + owner + ", and this is user " + uid,
                    "remove it, or choose another directory");
        }
        return (int) number(attributes, "mode");
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number value ? value.longValue() : -1;
    }

    private static DeniedException denied(Path directory, String reason, String remedy) {
        return new DeniedException("use", "directory " + directory, reason, remedy);
    }

    private static String reason(IOException e) {
        String name = e.getClass().getSimpleName().replace("Exception", "");
        return e.getMessage() == null ? name : name + ": " + e.getMessage();
    }

    /// Whether it is a directory that the user owns and nobody else can enter.
    static boolean isPrivate(Path directory, long uid) {
        try {
            Map<String, Object> attributes =
                    Files.readAttributes(directory, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
            long mode = number(attributes, "mode");
            return number(attributes, "uid") == uid
                    && (mode & TYPE_MASK) == TYPE_DIRECTORY
                    && (mode & GROUP_AND_OTHERS) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// As [#isPrivate], or a symbolic link to such a directory that the user made: what [#ensure] takes.
    static boolean isPrivateOrOwnLink(Path directory, long uid) {
        try {
            Map<String, Object> attributes = Files.readAttributes(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return number(attributes, "uid") == uid && isPrivate(directory.toRealPath(), uid);
        } catch (IOException e) {
            return false;
        }
    }
}
