package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The control group of one container: a directory in each hierarchy. Holds no state but the name; the kernel has the
/// rest, so any number of these may stand for one group. All methods may be called from any thread.
public final class ContainerCgroup {

    private static final Duration REMOVAL_PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final List<GroupDirectory> groups;
    private final GroupFiles files;

    /// @param files of this group and all others of the subtree
    ContainerCgroup(String name, List<GroupDirectory> groups, GroupFiles files) {
        this.name = name;
        this.files = files;
        this.groups = List.copyOf(groups);
    }

    public String name() {
        return name;
    }

    /// What the container's first process must be born in: one directory a hierarchy.
    public List<Path> directories() {
        return groups.stream().map(GroupDirectory::directory).toList();
    }

    public boolean exists() {
        return groups.stream().anyMatch(group -> Files.isDirectory(group.directory()));
    }

    /// The processes in it, without those in groups below (a container may make some).
    public List<Long> processes() {
        return groups.isEmpty() ? List.of() : Inhabitants.of(groups.getFirst().directory());
    }

    /// Changes the limits of the living group; what is absent becomes unlimited.
    ///
    /// @throws CgroupException when the kernel refuses: a memory limit below what is in use, for one
    public void apply(CgroupLimits limits) {
        requireControllers(limits);
        groups.forEach(group -> new LimitFiles(group).replace(limits));
    }

    /// Stops all its processes where they are, and waits until they stand.
    ///
    /// @throws CgroupException when there is no freezer here, or when they do not stand in time; they go on then
    public void freeze() {
        freezer().freeze();
    }

    /// Lets frozen processes go on. One that is not frozen is no error.
    public void thaw() {
        freezer().thaw();
    }

    public boolean frozen() {
        return Freezer.of(groups).map(Freezer::frozen).orElse(false);
    }

    /// Sends SIGKILL to every process in it and below, frozen ones too. Does not wait for their end.
    public void kill() {
        GroupKiller.kill(groups);
    }

    /// Removes the group and those below it. One that is gone is no error. Waits some seconds for its last processes to
    /// end, but does not kill them.
    ///
    /// @throws CgroupException when processes remain
    public void remove() {
        groups.forEach(group -> GroupRemoval.remove(group.directory(), REMOVAL_PATIENCE));
    }

    /// What it has used up to now.
    public CgroupMetrics metrics() {
        return MetricsReader.read(groups, files);
    }

    /// How many of its processes the kernel has killed because its memory was used up; absent where none are counted.
    public OptionalLong oomKills() {
        return MetricsReader.oomKills(groups, files);
    }

    void create(CgroupLimits limits) {
        requireControllers(limits);
        try {
            for (GroupDirectory group : groups) {
                makeAnew(group.directory());
                new LimitFiles(group).write(limits);
                if (!group.unified() && group.provides(Controller.DEVICES)) {
                    DeviceRules.apply(group);
                }
            }
        } catch (RuntimeException failure) {
            removeQuietly(failure);
            throw failure;
        }
    }

    private static void makeAnew(Path directory) {
        try {
            try {
                Files.createDirectory(directory);
            } catch (FileAlreadyExistsException leftOver) {
                if (!Inhabitants.none(directory)) {
                    throw new CgroupException(
                            "make the control group",
                            directory,
                            "processes " + Inhabitants.of(directory) + " live in a group of that name",
                            "stop the container they belong to");
                }
                GroupRemoval.remove(directory, REMOVAL_PATIENCE);
                Files.createDirectory(directory);
            }
        } catch (IOException failure) {
            throw new CgroupException(
                    "make the control group", directory, failure, "check that its hierarchy may be written");
        }
    }

    /// Groups with processes are another container's: only what is empty goes.
    private void removeQuietly(RuntimeException failure) {
        for (GroupDirectory group : groups) {
            try {
                if (Inhabitants.none(group.directory())) {
                    GroupRemoval.remove(group.directory(), Duration.ZERO);
                }
            } catch (CgroupException remains) {
                failure.addSuppressed(remains);
            }
        }
    }

    private void requireControllers(CgroupLimits limits) {
        Set<Controller> missing = limits.controllers();
        groups.forEach(group -> missing.removeAll(group.controllers()));
        if (!missing.isEmpty()) {
            throw new CgroupException(
                    "limit " + missing + " of",
                    groups.isEmpty() ? Path.of(name) : groups.getFirst().directory(),
                    "these controllers are not available to us",
                    "leave the limit out, or have them delegated");
        }
    }

    private Freezer freezer() {
        Optional<Freezer> freezer = Freezer.of(groups);
        return freezer.orElseThrow(() -> new CgroupException(
                "freeze",
                groups.isEmpty() ? Path.of(name) : groups.getFirst().directory(),
                "there is no freezer here",
                "run Darsena in a delegated scope of systemd, or as root"));
    }
}
