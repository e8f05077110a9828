package io.darsena.app.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What the host's kernel says of a process, read as any other program would read it.
record HostView(int pid) {

    private static final Path PROC = Path.of("/proc");

    boolean isThere() {
        return Files.exists(PROC.resolve(Integer.toString(pid)).resolve("stat"));
    }

    /// Whether the process has another namespace of this kind than we.
    boolean hasItsOwn(String namespace) {
        return !link("self", namespace).equals(link(Integer.toString(pid), namespace));
    }

    private static String link(String process, String namespace) {
        try {
            return Files.readSymbolicLink(PROC.resolve(process).resolve("ns").resolve(namespace))
                    .toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Its mounts as it sees them itself.
    List<String> mounts() {
        return lines(PROC.resolve(Integer.toString(pid)).resolve("mountinfo"));
    }

    static List<String> hostMounts() {
        return lines(PROC.resolve("self/mountinfo"));
    }

    static boolean isOverlayAtRoot(String mount) {
        return mount.split(" ")[4].equals("/") && mount.contains(" - overlay ");
    }

    /// The directory of the control group that can freeze it: the one of its own on v2 (on a hybrid host below
    /// `unified`), else the one of the v1 freezer.
    Path freezerGroup() {
        List<String> groups = lines(PROC.resolve(Integer.toString(pid)).resolve("cgroup"));
        Optional<Path> v2 = groups.stream()
                .filter(line -> line.startsWith("0::") && !line.equals("0::/"))
                .findFirst()
                .map(line -> under(" - cgroup2 ", "", line));
        return v2.orElseGet(() -> groups.stream()
                .filter(line -> Arrays.asList(line.split(":", 3)[1].split(",")).contains("freezer"))
                .findFirst()
                .map(line -> under(" - cgroup ", "freezer", line))
                .orElseThrow());
    }

    private static Path under(String type, String option, String line) {
        String[] mount = hostMounts().stream()
                .filter(info -> info.contains(type))
                .filter(info -> option.isEmpty()
                        || Arrays.asList(info.substring(info.lastIndexOf(' ') + 1)
                                        .split(","))
                                .contains(option))
                .findFirst()
                .orElseThrow()
                .split(" ");
        String path = line.split(":", 3)[2];
        String root = mount[3].equals("/") ? "" : mount[3];
        return Path.of(mount[4] + path.substring(path.startsWith(root) ? root.length() : 0));
    }

    static boolean isFrozen(Path group) {
        Path v1 = group.resolve("freezer.state");
        return Files.exists(v1)
                ? lines(v1).equals(List.of("FROZEN"))
                : lines(group.resolve("cgroup.events")).contains("frozen 1");
    }

    /// Processor time it has used so far, in clock ticks.
    long ticks() {
        String stat = lines(PROC.resolve(Integer.toString(pid)).resolve("stat")).getFirst();
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
