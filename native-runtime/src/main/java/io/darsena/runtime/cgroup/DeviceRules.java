package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.util.List;

/// The devices that a container may open on v1: none but those that Docker allows, and any may be made (mknod), for
/// making is not opening. On v2 the same is an eBPF program, which darsena-runtime attaches.
final class DeviceRules {

    private static final List<String> ALLOWED = List.of(
            "c *:* m",
            "b *:* m",
            "c 1:3 rwm", // null
            "c 1:5 rwm", // zero
            "c 1:7 rwm", // full
            "c 1:8 rwm", // random
            "c 1:9 rwm", // urandom
            "c 5:0 rwm", // tty
            "c 5:1 rwm", // console
            "c 5:2 rwm", // ptmx
            "c 136:* rwm"); // pts

    private DeviceRules() {}

    static void apply(GroupDirectory group) {
        try {
            CgroupFile.write(group.file("devices.deny"), "a");
            CgroupFile.write(group.file("devices.allow"), ALLOWED);
        } catch (IOException failure) {
            throw new CgroupException(
                    "restrict the devices of",
                    group.directory(),
                    failure,
                    "run Darsena outside of containers that restrict devices themselves");
        }
    }
}
