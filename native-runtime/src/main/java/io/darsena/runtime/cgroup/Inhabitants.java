package io.darsena.runtime.cgroup;

import java.nio.file.Path;
import java.util.List;

/// The processes in a control group.
final class Inhabitants {

    private static final int DEEPEST_ANCESTRY = 1000;

    private Inhabitants() {}

    static List<Long> of(Path group) {
        return CgroupFile.read(group.resolve("cgroup.procs")).stream()
                .flatMap(String::lines)
                .map(CgroupFile::parse)
                .flatMap(number -> number.stream().boxed())
                .toList();
    }

    /// Those that are neither `pid` nor its descendants.
    static List<Long> strangers(List<Long> processes, long pid, Path root) {
        return processes.stream()
                .filter(process -> !descends(process, pid, root))
                .toList();
    }

    private static boolean descends(long process, long ancestor, Path root) {
        long current = process;
        for (int step = 0; step < DEEPEST_ANCESTRY && current > 0; step++) {
            if (current == ancestor) {
                return true;
            }
            current = ProcStat.read(root.resolve("proc"), current)
                    .map(ProcStat::parent)
                    .orElse(0L);
        }
        return false;
    }

    /// Whether the group has neither processes nor, on v2, populated children.
    static boolean none(Path group) {
        long populated = CgroupFile.keyed(group.resolve("cgroup.events")).number("populated", -1);
        return populated < 0 ? of(group).isEmpty() : populated == 0;
    }
}
