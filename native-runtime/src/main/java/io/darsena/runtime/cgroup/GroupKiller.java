package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Ends every process of a group.
final class GroupKiller {

    /// A group that forks faster than it is killed is limited in its number of processes, or has no end.
    private static final int ROUNDS = 100;

    private GroupKiller() {}

    static void kill(List<GroupDirectory> groups) {
        for (GroupDirectory group : groups) {
            if (group.unified() && killAtOnce(group)) {
                return;
            }
        }
        groups.stream().limit(1).forEach(group -> killOneByOne(group.directory()));
        // On v1 a frozen process gets its SIGKILL only when it is thawed.
        if (Freezer.of(groups).orElse(null) instanceof Freezer.Separate freezer
                && Files.isDirectory(freezer.group().directory())) {
            freezer.thaw();
        }
    }

    /// `cgroup.kill`, since Linux 5.14: reaches groups below, and processes of other users in our user namespace.
    private static boolean killAtOnce(GroupDirectory group) {
        Path file = group.file("cgroup.kill");
        if (!Files.exists(file)) {
            return false;
        }
        try {
            CgroupFile.write(file, "1");
            return true;
        } catch (IOException failure) {
            if (!Files.exists(group.directory())) {
                return true;
            }
            throw new CgroupException("kill the processes of", group.directory(), failure, "try again");
        }
    }

    private static void killOneByOne(Path directory) {
        List<Long> before = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            List<Long> processes = processes(directory);
            if (processes.equals(before)) {
                return;
            }
            processes.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            before = processes;
        }
    }

    private static List<Long> processes(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isDirectory)
                    .flatMap(group -> Inhabitants.of(group).stream())
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException gone) {
            return List.of();
        }
    }
}
