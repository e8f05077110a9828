package io.darsena.engine.cgroup;

import io.darsena.engine.cgroup.Cgroups.Refusal;
import io.darsena.runtime.cgroup.CgroupPlacement.Unusable;

/// Why containers go without control groups here, and what to do about it.
final class RefusalTexts {

    private RefusalTexts() {}

    static Refusal of(Unusable unusable) {
        return switch (unusable.reason()) {
            case NOT_MOUNTED ->
                refusal(unusable, "no cgroups are mounted on this host", "mount cgroup2 on /sys/fs/cgroup");
            case NEEDS_ROOT ->
                refusal(
                        unusable,
                        "this host has cgroup v1, which cannot be delegated to an ordinary user",
                        "boot with systemd.unified_cgroup_hierarchy=1 for cgroup v2, or run as root");
            case NOT_DELEGATED ->
                refusal(
                        unusable,
                        "this session has no cgroup of its own",
                        "log in through systemd with a user manager, start it by"
                                + " 'systemd-run --user --scope -p Delegate=yes', or run as root");
            case SHARED ->
                refusal(
                        unusable,
                        "processes that are not Darsena's live in this session's cgroup",
                        "start it by 'systemd-run --user --scope -p Delegate=yes'");
            case READ_ONLY ->
                refusal(
                        unusable,
                        "the cgroups are mounted read-only here",
                        "mount them writable, or run outside of the container");
        };
    }

    private static Refusal refusal(Unusable unusable, String reason, String cure) {
        return new Refusal(unusable.reason().key(), reason, cure);
    }
}
