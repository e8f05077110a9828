package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A machine made of plain files: mount tables and the files of control groups. It does what it is told and no more: a
/// directory made in it stays empty.
final class FakeMachine {

    private final Path root;
    private final StringBuilder mounts = new StringBuilder("22 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n");
    private final StringBuilder positions = new StringBuilder();

    FakeMachine(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /// Mounts a v1 hierarchy: `names` as in the mount options, with commas.
    FakeMachine separate(String mountPoint, String mountRoot, String names, String position) {
        mount(mountPoint, mountRoot, "cgroup - rw," + names);
        positions.append("5:").append(names).append(':').append(position).append('\n');
        return file(mountPoint + "/cgroup.procs", "");
    }

    FakeMachine unified(String mountPoint, String mountRoot, String position) {
        mount(mountPoint, mountRoot, "cgroup2 - rw,nsdelegate");
        positions.append("0::").append(position).append('\n');
        return file(mountPoint + "/cgroup.procs", "").file(mountPoint + "/cgroup.subtree_control", "");
    }

    /// A v2 group below `mountPoint` with the files that delegation is about.
    FakeMachine group(String path, String controllers, String processes) {
        return file(path + "/cgroup.controllers", controllers + "\n")
                .file(path + "/cgroup.procs", processes)
                .file(path + "/cgroup.subtree_control", "");
    }

    /// A process for those who ask for its parent.
    FakeMachine process(long pid, long parent, long ticks) {
        return file(
                "/proc/" + pid + "/stat",
                pid + " (odd ) name) S " + parent + " 1 1 0 -1 4194560 0 0 0 0 " + ticks + " 2 3 4 20 0 1 0 100 0\n");
    }

    FakeMachine file(String path, String content) {
        Path file = path(path);
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return this;
    }

    String content(String path) {
        return CgroupFile.read(path(path)).orElse("(missing)");
    }

    Path path(String path) {
        return root.resolve(path.substring(1));
    }

    CgroupLayout layout() {
        file("/proc/self/mountinfo", mounts.toString());
        file("/proc/self/cgroup", positions.toString());
        return CgroupLayout.detect(root, "self");
    }

    private void mount(String mountPoint, String mountRoot, String typeAndOptions) {
        String[] parts = typeAndOptions.split(" - ", 2);
        mounts.append("31 22 0:29 ")
                .append(mountRoot)
                .append(' ')
                .append(mountPoint.replace(" ", "\\040"))
                .append(" rw,relatime shared:5 - ")
                .append(parts[0])
                .append(' ')
                .append(parts[0])
                .append(' ')
                .append(parts[1])
                .append('\n');
    }
}
