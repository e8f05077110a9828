package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;

/// Removes groups. A group's files go with it; the groups below must go first (a container may have made some). The
/// kernel says EBUSY while a process is still ending.
final class GroupRemoval {

    private GroupRemoval() {}

    static void remove(Path directory, Duration patience) {
        IOException[] last = {new IOException("busy")};
        boolean removed = Patience.until(patience, () -> {
            try {
                removeTree(directory);
                return true;
            } catch (IOException busy) {
                last[0] = busy;
                return false;
            }
        });
        if (!removed) {
            throw new CgroupException(
                    "remove the control group",
                    directory,
                    Inhabitants.none(directory)
                            ? String.valueOf(last[0].getMessage())
                            : "processes " + Inhabitants.of(directory) + " still live in it",
                    "stop its container first");
        }
    }

    private static void removeTree(Path directory) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory, Files::isDirectory)) {
            for (Path child : children) {
                removeTree(child);
            }
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return;
        }
        Files.deleteIfExists(directory);
    }
}
