package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.EngineDescription.CgroupMode;
import io.darsena.bridge.EngineDescription.Lack;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.docker.wire.RegistryShapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Writes what the engine and its host are, as Docker's API shapes it (SystemVersion, SystemInfo).
final class SystemShapes {

    /// With a warning of its own the docker command does not guess others from what it finds unsaid.
    private static final String NO_BRIDGE =
            "WARNING: No bridge network yet: containers have a loopback only, or the host's network (--network host)";

    private SystemShapes() {}

    static Map<String, Object> version(Engine engine) {
        EngineDescription description = engine.description();
        Map<String, Object> version = new LinkedHashMap<>();
        version.put("Platform", Map.of("Name", "Darsena"));
        Map<String, Object> same = new LinkedHashMap<>();
        same.put("ApiVersion", SystemRoutes.API_VERSION);
        same.put("MinAPIVersion", SystemRoutes.OLDEST_API_VERSION);
        same.put("Os", "linux");
        same.put("Arch", HostFacts.architecture());
        same.put("KernelVersion", description.kernel());
        Map<String, Object> details = new LinkedHashMap<>(same);
        details.put("Experimental", "false");
        version.put(
                "Components", List.of(Map.of("Name", "Engine", "Version", description.version(), "Details", details)));
        version.put("Version", description.version());
        version.putAll(same);
        return version;
    }

    static Map<String, Object> info(Engine engine) {
        EngineDescription description = engine.description();
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("ID", "darsena");
        info.put("Name", HostFacts.name());
        info.put("ServerVersion", description.version());
        counts(info, engine);
        info.put("Driver", "overlay");
        info.put("DockerRootDir", description.dataRoot().toString());
        info.put("KernelVersion", description.kernel());
        info.put("OperatingSystem", HostFacts.operatingSystem());
        info.put("OSType", "linux");
        info.put("Architecture", HostFacts.machine());
        info.put("NCPU", Runtime.getRuntime().availableProcessors());
        info.put("MemTotal", HostFacts.memory());
        limits(info, description);
        info.put("SecurityOptions", securityOptions(description));
        info.put("DefaultRuntime", "darsena-runtime");
        info.put("Runtimes", Map.of("darsena-runtime", Map.of("path", "darsena-runtime")));
        info.put("LoggingDriver", "local");
        info.put("LiveRestoreEnabled", true);
        info.put("ExperimentalBuild", false);
        info.put("Swarm", Map.of("LocalNodeState", "inactive"));
        info.put("Plugins", Map.of("Volume", List.of(), "Network", List.of("host", "null"), "Log", List.of("local")));
        info.put("IndexServerAddress", RegistryShapes.HUB_ADDRESS);
        info.put("RegistryConfig", RegistryShapes.service(engine.settings().registries()));
        info.put("Warnings", warnings(description));
        return info;
    }

    private static void counts(Map<String, Object> info, Engine engine) {
        List<Container> containers = engine.containers().list();
        int running = count(containers, ContainerStatus.RUNNING);
        int paused = count(containers, ContainerStatus.PAUSED);
        info.put("Containers", containers.size());
        info.put("ContainersRunning", running);
        info.put("ContainersPaused", paused);
        info.put("ContainersStopped", containers.size() - running - paused);
        info.put("Images", engine.images().list().size());
    }

    private static int count(List<Container> containers, ContainerStatus status) {
        return (int) containers.stream()
                .filter(container -> container.status() == status)
                .count();
    }

    /// What a container can be limited by. Its groups are made without asking another service, or there are none.
    private static void limits(Map<String, Object> info, EngineDescription description) {
        info.put("CgroupDriver", description.hasControlGroups() ? "cgroupfs" : "none");
        info.put("CgroupVersion", description.cgroupMode() == CgroupMode.V2 ? "2" : "1");
        boolean memory = grants(description, "memory");
        boolean cpu = grants(description, "cpu");
        info.put("MemoryLimit", memory);
        info.put("SwapLimit", memory);
        info.put("CpuCfsPeriod", cpu);
        info.put("CpuCfsQuota", cpu);
        info.put("PidsLimit", grants(description, "pids"));
        // Not offered, whatever the host could do.
        info.put("CPUShares", false);
        info.put("CPUSet", false);
        info.put("OomKillDisable", false);
    }

    private static boolean grants(EngineDescription description, String controller) {
        Pattern word = Pattern.compile("\\b" + controller + "\\b");
        return description.hasControlGroups()
                && description.reductions().stream()
                        .filter(reduction -> reduction.key().equals(Lack.CGROUP_CONTROLLER_MISSING.key()))
                        .noneMatch(reduction -> word.matcher(reduction.reason()).find());
    }

    private static List<String> securityOptions(EngineDescription description) {
        return description.tier() == EngineDescription.Tier.ROOTFUL
                ? List.of("name=seccomp,profile=builtin")
                : List.of("name=seccomp,profile=builtin", "name=rootless");
    }

    private static List<String> warnings(EngineDescription description) {
        List<String> warnings = new ArrayList<>();
        description
                .reductions()
                .forEach(reduction -> warnings.add("WARNING: " + reduction.reason() + "; " + reduction.cure()));
        warnings.add(NO_BRIDGE);
        return warnings;
    }
}
