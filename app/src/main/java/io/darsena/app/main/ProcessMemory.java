package io.darsena.app.main;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The memory of some processes together, in kB (`proc_pid_smaps(5)`).
///
/// @param pss pages that several share count for each by its share
record ProcessMemory(long rss, long pss) {

    static ProcessMemory of(Stream<ProcessHandle> processes) throws IOException {
        long rss = 0;
        long pss = 0;
        for (ProcessHandle process : processes.toList()) {
            List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"));
            rss += kilobytes(lines, "Rss:");
            pss += kilobytes(lines, "Pss:");
        }
        return new ProcessMemory(rss, pss);
    }

    private static long kilobytes(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
