package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Asks the user's service manager for a place in the hierarchy that is ours: the scope `darsena.scope`,
/// delegated, with this process in it. What lives in it stays when the desktop ends the scope that the
/// application was started in.
///
/// The scope is there as long as a process is in it. An engine that finds it (containers of an earlier engine
/// run in it) is attached to it instead of making it. The bus is spoken to by systemd's own busctl(1), once a
/// start.
final class SystemdScope {

    private static final String NAME = "darsena.scope";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final List<String> MANAGER = List.of(
            "busctl",
            "--user",
            "--quiet",
            "call",
            "org.freedesktop.systemd1",
            "/org/freedesktop/systemd1",
            "org.freedesktop.systemd1.Manager");

    private final Map<String, String> environment;

    SystemdScope(Map<String, String> environment) {
        this.environment = environment;
    }

    /// Whether a manager of the user's services runs.
    boolean available() {
        String runtimeDirectory = environment.get("XDG_RUNTIME_DIR");
        return runtimeDirectory != null
                && Files.isDirectory(Path.of("/run/systemd/system"))
                && Files.exists(Path.of(runtimeDirectory, "bus"));
    }

    /// Brings a process into the scope. Returns whether it is in it now.
    boolean enter(long pid) {
        if (inside(pid)) {
            return true;
        }
        String process = Long.toString(pid);
        // Into the leaf, for a group whose children have controllers may hold no process itself.
        boolean asked = call("AttachProcessesToUnit", "ssau", NAME, "/" + PlacementSearch.LEAF, "1", process)
                || call(
                        "StartTransientUnit",
                        "ssa(sv)a(sa(sv))",
                        NAME,
                        "fail",
                        "4",
                        "PIDs",
                        "au",
                        "1",
                        process,
                        "Delegate",
                        "b",
                        "true",
                        "CollectMode",
                        "s",
                        "inactive-or-failed",
                        "Description",
                        "s",
                        "Darsena's containers",
                        "0");
        return asked && Patience.until(PATIENCE, () -> inside(pid));
    }

    private static boolean inside(long pid) {
        return CgroupFile.read(Path.of("/proc/" + pid + "/cgroup")).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("0::"))
                .anyMatch(line -> line.endsWith("/" + NAME) || line.endsWith("/" + NAME + "/" + PlacementSearch.LEAF));
    }

    private static boolean call(String... words) {
        List<String> command = Stream.concat(MANAGER.stream(), Stream.of(words)).toList();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.outputWriter().close();
            if (process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
