package io.darsena.engine.cgroup;

import io.darsena.bridge.EngineDescription.Lack;
import io.darsena.engine.cgroup.Cgroups.Refusal;
import io.darsena.runtime.cgroup.CgroupPlacement.Unusable;

/// Why containers go without control groups here, and what to do about it.
final class RefusalTexts {

    private RefusalTexts() {}

    static Refusal ofDevices() {
        return new Refusal(
                Lack.NO_DEVICE_CONTROL,
                "no cgroup here tells which devices a container may use, so containers have those of their /dev alone"
                        + " and cannot make device nodes (mknod)",
                "mount cgroup2, or cgroup v1's controller devices, so that it can be written");
    }

    static Refusal of(Unusable unusable) {
        return switch (unusable.reason()) {
            case NOT_MOUNTED ->
                new Refusal(
                        Lack.CGROUP_NOT_MOUNTED,
                        "no cgroups are mounted on this host",
                        "mount cgroup2 on /sys/fs/cgroup");
            case NEEDS_ROOT ->
                new Refusal(
                        Lack.CGROUP_V1_NEEDS_ROOT,
                        "this host has cgroup v1, which cannot be delegated to an ordinary user",
                        "boot with systemd.unified_cgroup_hierarchy=1 for cgroup v2, or run as root");
            case NOT_DELEGATED ->
                new Refusal(
                        Lack.CGROUP_NOT_DELEGATED,
                        "this session has no cgroup of its own",
                        "log in through systemd with a user manager, start it by"
                                + " 'systemd-run --user --scope -p Delegate=yes', or run as root");
            case SHARED ->
                new Refusal(
                        Lack.CGROUP_SHARED,
                        "processes that are not Darsena's live in this session's cgroup",
                        "start it by 'systemd-run --user --scope -p Delegate=yes'");
            case READ_ONLY ->
                new Refusal(
                        Lack.CGROUP_READ_ONLY,
                        "the cgroups are mounted read-only here",
                        "mount them writable, or run outside of the container");
        };
    }
}
