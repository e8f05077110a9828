package io.darsena.bridge.fake;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ResourceLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How a simulated start went, step by step.
final class FakeStart {

    private static final long FIRST_NAMESPACE = 4_026_532_000L;

    private FakeStart() {}

    static List<StartStep> steps(Container container, int pid) {
        return List.of(
                step(
                        "resolve",
                        120,
                        Map.of(
                                "reference",
                                container.imageName(),
                                "image",
                                container.image().toString(),
                                "layers",
                                "1")),
                step("storage", 210, Map.of("upper", directory(container) + "/upper")),
                step("cgroup", 390, cgroup(container)),
                step("monitor", 410, Map.of("pid", Integer.toString(pid - 1), "parked", "0")),
                step("namespaces", 880, namespaces(pid)),
                step("overlay", 150, Map.of("layers", "1", "writable", "1", "volatile", "0")),
                step("filesystems", 520, Map.of("binds", "3", "masked", "12", "read-only", "5")),
                step("confinement", 310, Map.of("user", "0:0", "capabilities", "a80425fb", "filter", "812")),
                step(
                        "exec",
                        640,
                        Map.of(
                                "pid",
                                Integer.toString(pid),
                                "command",
                                container.arguments().getFirst())));
    }

    private static StartStep step(String name, long micros, Map<String, String> facts) {
        return new StartStep(name, Duration.ofNanos(micros * 1000), facts);
    }

    private static String directory(Container container) {
        return "/var/lib/darsena/containers/" + container.id();
    }

    private static Map<String, String> cgroup(Container container) {
        ResourceLimits limits = container.spec().limits();
        Map<String, String> facts = new HashMap<>();
        facts.put("directories", "/sys/fs/cgroup/darsena/0a1b2c3d-" + container.id());
        limits.memory().ifPresent(bytes -> facts.put("memory", Long.toString(bytes)));
        limits.memoryAndSwap().ifPresent(bytes -> facts.put("swap", Long.toString(bytes)));
        limits.cpus().ifPresent(cpus -> facts.put("cpus", Double.toString(cpus)));
        limits.processes().ifPresent(count -> facts.put("processes", Long.toString(count)));
        return facts;
    }

    private static Map<String, String> namespaces(int pid) {
        Map<String, String> facts = new HashMap<>();
        long number = FIRST_NAMESPACE + pid * 10L;
        for (String kind : List.of("mount", "uts", "ipc", "pid", "cgroup", "net")) {
            facts.put(kind, Long.toString(number++));
        }
        return facts;
    }
}
