package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// Writes limits into the files of one group, in the way of its hierarchy.
final class LimitFiles {

    private static final String V1_MEMORY = "memory.limit_in_bytes";
    private static final String V1_MEMORY_AND_SWAP = "memory.memsw.limit_in_bytes";
    private static final String V1_NONE = "-1";
    private static final String V2_NONE = "max";

    private final GroupDirectory group;

    LimitFiles(GroupDirectory group) {
        this.group = group;
    }

    /// For a new group, where nothing is limited yet: writes only what is.
    void write(CgroupLimits limits) {
        if (limits.memoryBytes().isPresent() && group.provides(Controller.MEMORY)) {
            writeMemory(limits);
        }
        if (limits.nanoCpus().isPresent() && group.provides(Controller.CPU)) {
            writeCpu(limits);
        }
        if (limits.pids().isPresent() && group.provides(Controller.PIDS)) {
            writePids(limits);
        }
    }

    /// For a group that may have limits.
    void replace(CgroupLimits limits) {
        if (group.provides(Controller.MEMORY)) {
            if (group.unified()) {
                writeMemory(limits);
            } else {
                replaceV1Memory(limits);
            }
        }
        if (group.provides(Controller.CPU)) {
            writeCpu(limits);
        }
        if (group.provides(Controller.PIDS)) {
            writePids(limits);
        }
    }

    private void writePids(CgroupLimits limits) {
        set("pids.max", text(limits.pids(), V2_NONE));
    }

    private void writeCpu(CgroupLimits limits) {
        OptionalLong quota = limits.quotaMicros();
        if (group.unified()) {
            set("cpu.max", text(quota, V2_NONE) + " " + CgroupLimits.PERIOD_MICROS);
        } else {
            set("cpu.cfs_period_us", Long.toString(CgroupLimits.PERIOD_MICROS));
            set("cpu.cfs_quota_us", text(quota, V1_NONE));
        }
    }

    /// On v1 memory alone may never be above memory and swap together: from "unlimited" that means memory first.
    private void writeMemory(CgroupLimits limits) {
        if (group.unified()) {
            OptionalLong swap = limits.memoryAndSwapBytes().isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(limits.memoryAndSwapBytes().getAsLong()
                            - limits.memoryBytes().orElse(0));
            set("memory.max", text(limits.memoryBytes(), V2_NONE));
            setIfThere("memory.swap.max", text(swap, V2_NONE));
        } else {
            set(V1_MEMORY, text(limits.memoryBytes(), V1_NONE));
            if (limits.memoryAndSwapBytes().isPresent()) {
                setIfThere(V1_MEMORY_AND_SWAP, text(limits.memoryAndSwapBytes(), V1_NONE));
            }
        }
    }

    /// Opens the upper limit first, when there is one, so that the order can be kept whatever was before.
    private void replaceV1Memory(CgroupLimits limits) {
        OptionalLong before = CgroupFile.number(group.file(V1_MEMORY_AND_SWAP));
        boolean raising = before.isPresent() && limits.memoryBytes().orElse(Long.MAX_VALUE) > before.getAsLong();
        String both = text(limits.memoryAndSwapBytes(), V1_NONE);
        if (raising) {
            setIfThere(V1_MEMORY_AND_SWAP, both);
            set(V1_MEMORY, text(limits.memoryBytes(), V1_NONE));
        } else {
            set(V1_MEMORY, text(limits.memoryBytes(), V1_NONE));
            setIfThere(V1_MEMORY_AND_SWAP, both);
        }
    }

    private static String text(OptionalLong value, String none) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : none;
    }

    /// Kernels without swap accounting lack the files for it: memory is limited all the same.
    private void setIfThere(String name, String value) {
        if (Files.exists(group.file(name))) {
            set(name, value);
        }
    }

    private void set(String name, String value) {
        Path file = group.file(name);
        try {
            CgroupFile.write(file, value);
        } catch (IOException failure) {
            throw new CgroupException("write " + value + " to", file, failure, "choose another limit or leave it out");
        }
    }
}
