package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// CPU and memory of a family of processes, summed up from /proc: for containers without a control group. Less exact
/// than [CgroupMetrics], and to be shown as such: CPU time in steps of 10 ms and without processes that ended unwaited
/// for; memory without page cache, and with pages counted once for each process that shares them after a fork.
///
/// @param cpuNanos CPU time of the living processes and of their children that have ended
/// @param memoryBytes anonymous memory, and the shared memory of the process that has most of it
public record ProcMetrics(long cpuNanos, long memoryBytes, int processes) {

    private static final long BYTES_PER_KILOBYTE = 1024;

    /// Sums up a process and all its descendants. A container's first process is the ancestor of all others in its pid
    /// namespace: orphans fall to it. Empty when the process is gone.
    public static Optional<ProcMetrics> ofFamily(long pid) {
        return Optional.ofNullable(ofFamilies(Set.of(pid)).get(pid));
    }

    /// As [#ofFamily(long)] for several at once: goes through /proc once. Processes that are gone are missing.
    public static Map<Long, ProcMetrics> ofFamilies(Set<Long> pids) {
        return ofFamilies(Path.of("/proc"), pids);
    }

    static Map<Long, ProcMetrics> ofFamilies(Path proc, Set<Long> pids) {
        Map<Long, List<ProcStat>> children = new HashMap<>();
        Map<Long, ProcStat> ancestors = new HashMap<>();
        for (ProcStat process : all(proc)) {
            if (pids.contains(process.pid())) {
                ancestors.put(process.pid(), process);
            }
            children.computeIfAbsent(process.parent(), parent -> new ArrayList<>())
                    .add(process);
        }
        Map<Long, ProcMetrics> metrics = new HashMap<>();
        ancestors.forEach((pid, ancestor) -> metrics.put(pid, sum(proc, family(ancestor, children))));
        return metrics;
    }

    private static List<ProcStat> family(ProcStat ancestor, Map<Long, List<ProcStat>> children) {
        List<ProcStat> family = new ArrayList<>(List.of(ancestor));
        Set<Long> seen = new HashSet<>(Set.of(ancestor.pid()));
        for (int index = 0; index < family.size(); index++) {
            for (ProcStat child : children.getOrDefault(family.get(index).pid(), List.of())) {
                if (seen.add(child.pid())) {
                    family.add(child);
                }
            }
        }
        return family;
    }

    /// Sums up the processes whose pid namespace is that of `pid`; for this, /proc/PID/ns must be readable,
    /// as it is for root and for the owner of their user namespace. Empty when the process is gone or may not
    /// be looked at.
    public static Optional<ProcMetrics> ofPidNamespace(long pid) {
        Path proc = Path.of("/proc");
        return namespace(proc, pid)
                .map(namespace -> sum(
                        proc,
                        all(proc).stream()
                                .filter(process ->
                                        namespace(proc, process.pid()).equals(Optional.of(namespace)))
                                .toList()));
    }

    private static ProcMetrics sum(Path proc, List<ProcStat> family) {
        long ticks = 0;
        long anonymous = 0;
        long shared = 0;
        for (ProcStat process : family) {
            ticks += process.ticks();
            Path status = proc.resolve(Long.toString(process.pid())).resolve("status");
            anonymous += kilobytes(status, "RssAnon:");
            shared = Math.max(shared, kilobytes(status, "RssShmem:"));
        }
        return new ProcMetrics(
                ticks * ProcStat.NANOS_PER_TICK, (anonymous + shared) * BYTES_PER_KILOBYTE, family.size());
    }

    private static long kilobytes(Path status, String key) {
        return CgroupFile.read(status).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(key))
                .map(line -> CgroupFile.parse(line.substring(key.length()).replace("kB", "")))
                .mapToLong(value -> value.orElse(0))
                .sum();
    }

    private static List<ProcStat> all(Path proc) {
        List<ProcStat> processes = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                OptionalLong pid = CgroupFile.parse(entry.getFileName().toString());
                if (pid.isPresent()) {
                    ProcStat.read(proc, pid.getAsLong()).ifPresent(processes::add);
                }
            }
        } catch (IOException failure) {
            throw new CgroupException("list the processes in", proc, failure, "check that /proc is mounted");
        }
        return processes;
    }

    private static Optional<String> namespace(Path proc, long pid) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(proc.resolve(pid + "/ns/pid")).toString());
        } catch (IOException goneOrHidden) {
            return Optional.empty();
        }
    }
}
