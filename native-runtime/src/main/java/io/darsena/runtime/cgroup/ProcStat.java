package io.darsena.runtime.cgroup;

import java.nio.file.Path;
import java.util.Optional;

/// What /proc/PID/stat says of a process (proc_pid_stat(5)). Times are in clock ticks, of which Linux
/// shows 100 a second.
///
/// @param ticks CPU time of the process itself and of its children that have ended and were waited for
record ProcStat(long pid, long parent, long ticks) {

    static final long NANOS_PER_TICK = 10_000_000;

    private static final int PARENT = 1;
    private static final int FIRST_TIME = 11;
    private static final int TIMES = 4;

    /// Empty when there is no such process any more.
    static Optional<ProcStat> read(Path proc, long pid) {
        return CgroupFile.read(proc.resolve(Long.toString(pid)).resolve("stat")).flatMap(text -> parse(pid, text));
    }

    private static Optional<ProcStat> parse(long pid, String text) {
        // The name stands in parentheses and may hold anything, parentheses included.
        String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length < FIRST_TIME + TIMES) {
            return Optional.empty();
        }
        long ticks = 0;
        for (int field = FIRST_TIME; field < FIRST_TIME + TIMES; field++) {
            ticks += CgroupFile.parse(fields[field]).orElse(0);
        }
        return Optional.of(new ProcStat(pid, CgroupFile.parse(fields[PARENT]).orElse(0), ticks));
    }
}
