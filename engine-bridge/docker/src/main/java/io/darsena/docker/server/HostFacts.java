package io.darsena.docker.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What this machine is, as the kernel and the distribution tell it.
final class HostFacts {

    private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");
    private static final Pattern SYSTEM = Pattern.compile("(?m)^PRETTY_NAME=[\"']?([^\"'\\n]{1,200})[\"']?$");
    private static final long KIB = 1024;

    private HostFacts() {}

    /// Bytes of memory (`MemTotal`, proc_meminfo(5)), what a container without a limit may use; 0 when the kernel does
    /// not tell.
    static long memory() {
        return found(Path.of("/proc/meminfo"), MEMORY).map(Long::parseLong).orElse(0L) * KIB;
    }

    /// The distribution's name (os-release(5)).
    static String operatingSystem() {
        return found(Path.of("/etc/os-release"), SYSTEM).orElse("Linux");
    }

    /// The machine's (proc_sys_kernel(5)).
    static String name() {
        return text(Path.of("/proc/sys/kernel/hostname"))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .orElse("darsena");
    }

    /// As images name it.
    static String architecture() {
        String architecture = System.getProperty("os.arch", "");
        return architecture.equals("aarch64") ? "arm64" : architecture;
    }

    /// As uname(2) names it.
    static String machine() {
        String architecture = System.getProperty("os.arch", "");
        return architecture.equals("amd64") ? "x86_64" : architecture;
    }

    private static Optional<String> found(Path file, Pattern line) {
        return text(file).map(line::matcher).filter(Matcher::find).map(match -> match.group(1));
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException hidden) {
            return Optional.empty();
        }
    }
}
