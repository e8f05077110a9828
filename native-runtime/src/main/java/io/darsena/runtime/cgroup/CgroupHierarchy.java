package io.darsena.runtime.cgroup;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// One mounted tree of control groups.
///
/// @param mountPoint where it is seen
/// @param mountRoot which group of the hierarchy is seen there: `/`, or another one inside of a container
/// @param unified whether it is the cgroup v2 hierarchy
/// @param controllers what it controls; for v2 what is available in the process' own group
/// @param name of a v1 hierarchy without controllers, as `systemd`
/// @param position the group of the process that was asked about, as /proc/PID/cgroup says
public record CgroupHierarchy(
        Path mountPoint,
        String mountRoot,
        boolean unified,
        Set<Controller> controllers,
        Optional<String> name,
        String position) {

    public CgroupHierarchy {
        controllers = Set.copyOf(controllers);
    }

    /// The directory of the process' own group; the mount point itself when its group lies outside of what is mounted.
    public Path own() {
        String root = mountRoot.equals("/") ? "" : mountRoot;
        if (position.equals(root) || position.equals("/") || position.contains("/..")) {
            return mountPoint;
        }
        return position.startsWith(root + "/") ? mountPoint.resolve(position.substring(root.length() + 1)) : mountPoint;
    }
}
