package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.Json;
import io.darsena.docker.wire.RegistryShapes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `_ping`, `version`, `info`.
final class SystemRoutes {

    static final String API_VERSION = "1.51";
    private static final int API_MAJOR = 1;
    private static final int API_MINOR = 51;
    private static final int OLDEST_MINOR = 24;

    private final Engine engine;

    SystemRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", "/_ping", (exchange, name) -> ping(exchange))
                .on("HEAD", "/_ping", (exchange, name) -> ping(exchange))
                .on("GET", "/version", (exchange, name) -> reply(exchange, version()))
                .on("GET", "/info", (exchange, name) -> reply(exchange, info()));
    }

    /// @throws HttpException for an API version that this server does not speak
    static void requireSupported(int major, int minor) {
        if (major != API_MAJOR || minor > API_MINOR) {
            throw new HttpException(
                    400,
                    "client version " + major + "." + minor + " is too new. Maximum supported API version is "
                            + API_VERSION);
        }
        if (minor < OLDEST_MINOR) {
            throw new HttpException(
                    400,
                    "client version " + major + "." + minor + " is too old. Minimum supported API version is 1."
                            + OLDEST_MINOR);
        }
    }

    private static void ping(HttpExchange exchange) throws IOException {
        exchange.header("Cache-Control", "no-cache, no-store, must-revalidate")
                .reply(200, "text/plain; charset=utf-8", "OK".getBytes(StandardCharsets.US_ASCII));
    }

    private static void reply(HttpExchange exchange, Object body) throws IOException {
        exchange.reply(200, "application/json", Json.write(body));
    }

    private Map<String, Object> version() {
        EngineDescription description = engine.description();
        Map<String, Object> version = new LinkedHashMap<>();
        version.put("Platform", Map.of("Name", "Darsena"));
        version.put(
                "Components",
                List.of(Map.of(
                        "Name",
                        "Engine",
                        "Version",
                        description.version(),
                        "Details",
                        Map.of("ApiVersion", API_VERSION, "MinAPIVersion", "1." + OLDEST_MINOR))));
        version.put("Version", description.version());
        version.put("ApiVersion", API_VERSION);
        version.put("MinAPIVersion", "1." + OLDEST_MINOR);
        version.put("Os", "linux");
        version.put("Arch", architecture());
        version.put("KernelVersion", description.kernel());
        return version;
    }

    private Map<String, Object> info() {
        EngineDescription description = engine.description();
        List<Container> containers = engine.containers().list();
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("ID", "darsena");
        info.put("Name", "darsena");
        info.put("ServerVersion", description.version());
        info.put("Containers", containers.size());
        info.put("ContainersRunning", count(containers, ContainerStatus.RUNNING));
        info.put("ContainersPaused", count(containers, ContainerStatus.PAUSED));
        info.put(
                "ContainersStopped",
                containers.size()
                        - count(containers, ContainerStatus.RUNNING)
                        - count(containers, ContainerStatus.PAUSED));
        info.put("Images", engine.images().list().size());
        info.put("Driver", "overlay");
        info.put("DockerRootDir", description.dataRoot().toString());
        info.put("KernelVersion", description.kernel());
        info.put("OperatingSystem", "Linux");
        info.put("OSType", "linux");
        info.put("Architecture", System.getProperty("os.arch", ""));
        info.put("NCPU", Runtime.getRuntime().availableProcessors());
        info.put("MemTotal", HostMemory.total());
        info.put("CgroupVersion", description.cgroupMode() == EngineDescription.CgroupMode.V2 ? "2" : "1");
        info.put("SecurityOptions", securityOptions(description));
        info.put("DefaultRuntime", "darsena-runtime");
        info.put("Runtimes", Map.of("darsena-runtime", Map.of("path", "darsena-runtime")));
        info.put("LoggingDriver", "local");
        info.put("IndexServerAddress", RegistryShapes.HUB_ADDRESS);
        info.put("RegistryConfig", RegistryShapes.service(engine.settings().registries()));
        info.put(
                "Warnings",
                description.reductions().stream()
                        .map(reduction -> "WARNING: " + reduction.reason() + "; " + reduction.cure())
                        .toList());
        return info;
    }

    private static List<String> securityOptions(EngineDescription description) {
        return description.tier() == EngineDescription.Tier.ROOTFUL
                ? List.of("name=seccomp,profile=builtin")
                : List.of("name=seccomp,profile=builtin", "name=rootless");
    }

    private static int count(List<Container> containers, ContainerStatus status) {
        return (int) containers.stream()
                .filter(container -> container.status() == status)
                .count();
    }

    private static String architecture() {
        String architecture = System.getProperty("os.arch", "");
        return architecture.equals("aarch64") ? "arm64" : architecture;
    }
}
