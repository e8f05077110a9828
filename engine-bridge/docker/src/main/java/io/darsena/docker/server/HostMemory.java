package io.darsena.docker.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much memory this machine has (`MemTotal`, proc_meminfo(5)): what a container without a limit may use.
final class HostMemory {

    private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");
    private static final long KIB = 1024;

    private HostMemory() {}

    /// Bytes; 0 when the kernel does not tell.
    static long total() {
        try {
            Matcher line = TOTAL.matcher(Files.readString(Path.of("/proc/meminfo")));
            return line.find() ? Long.parseLong(line.group(1)) * KIB : 0;
        } catch (IOException hidden) {
            return 0;
        }
    }
}
