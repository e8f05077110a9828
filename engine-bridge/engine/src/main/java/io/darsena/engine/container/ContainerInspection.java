package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.image.ImageConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Everything known of a container in the shape of Docker's inspect (Engine API, ContainerInspect), as far as there is
/// something to say.
final class ContainerInspection {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    /// What Docker writes for "never".
    private static final String NEVER = "0001-01-01T00:00:00Z";
    /// As Docker writes times: with as many digits of a second as it takes.
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(-1).toFormatter(Locale.ROOT);

    private static final long NANOS_PER_CPU = 1_000_000_000;

    private final ContainerSurroundings around;
    private final ContainerRecord record;
    private final ContainerDefinition definition;
    private final ContainerDirectory directory;

    ContainerInspection(ContainerSurroundings around, ContainerRecord record, ContainerDirectory directory) {
        this.around = around;
        this.record = record;
        this.definition = record.definition();
        this.directory = directory;
    }

    String json() {
        List<String> arguments = definition.arguments();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("Id", definition.id().hex());
        root.put("Created", TIME.format(definition.createdAt()));
        root.put("Path", arguments.getFirst());
        root.set("Args", array(arguments.subList(1, arguments.size())));
        state(root.putObject("State"));
        root.put("Image", definition.image().toString());
        root.put("ResolvConfPath", directory.resolver().toString());
        root.put("HostnamePath", directory.hostname().toString());
        root.put("HostsPath", directory.hosts().toString());
        root.put("LogPath", directory.state().resolve("log").toString());
        root.put("Name", "/" + record.name());
        root.put("RestartCount", 0);
        root.put("Driver", "overlay");
        root.put("Platform", "linux");
        root.put("MountLabel", "");
        root.put("ProcessLabel", "");
        root.put("AppArmorProfile", "");
        root.putNull("ExecIDs");
        hostConfig(root.putObject("HostConfig"));
        graphDriver(root.putObject("GraphDriver"));
        root.putArray("Mounts");
        config(root.putObject("Config"));
        root.set(
                "NetworkSettings", AbsentParts.networkSettings(definition.spec().network()));
        return MAPPER.writeValueAsString(root);
    }

    private void state(ObjectNode node) {
        ContainerState state = record.state();
        Optional<Exit> exit = exit(state);
        node.put("Status", state.status().name().toLowerCase(Locale.ROOT));
        node.put("Running", state.runningPid().isPresent());
        node.put("Paused", state.status() == ContainerStatus.PAUSED);
        node.put("Restarting", state.status() == ContainerStatus.RESTARTING);
        node.put("OOMKilled", exit.map(Exit::outOfMemory).orElse(false));
        node.put("Dead", state.status() == ContainerStatus.DEAD);
        node.put("Pid", state.runningPid().orElse(0));
        node.put("ExitCode", exit.map(Exit::code).orElse(0));
        node.put("Error", error(state));
        node.put("StartedAt", startedAt(state).map(TIME::format).orElse(NEVER));
        node.put("FinishedAt", exit.flatMap(Exit::at).map(TIME::format).orElse(NEVER));
    }

    private record Exit(int code, Optional<Instant> at, boolean outOfMemory) {}

    private Optional<Exit> exit(ContainerState state) {
        Optional<Exit> failedStart =
                record.lastFailure().map(failure -> new Exit(failure.code(), Optional.empty(), false));
        return state instanceof ContainerState.Exited exited
                ? Optional.of(new Exit(
                        failedStart.map(Exit::code).orElse(exited.code()),
                        Optional.of(exited.since()),
                        exited.cause() == ContainerState.ExitCause.OUT_OF_MEMORY))
                : failedStart;
    }

    private String error(ContainerState state) {
        return state instanceof ContainerState.Dead dead
                ? dead.reason()
                : record.lastFailure()
                        .map(ContainerRecord.StartFailure::message)
                        .orElse("");
    }

    private static Optional<Instant> startedAt(ContainerState state) {
        return switch (state) {
            case ContainerState.Running running -> Optional.of(running.since());
            case ContainerState.Paused paused -> Optional.of(paused.startedAt());
            case ContainerState.Exited exited -> Optional.of(exited.startedAt());
            case ContainerState.Created created -> Optional.empty();
            case ContainerState.Restarting restarting -> Optional.empty();
            case ContainerState.Removing removing -> Optional.empty();
            case ContainerState.Dead dead -> Optional.empty();
        };
    }

    private void hostConfig(ObjectNode node) {
        ContainerSpec spec = definition.spec();
        ResourceLimits limits = spec.limits();
        node.put("NetworkMode", spec.network().word());
        node.put("AutoRemove", spec.autoRemove());
        node.put("Privileged", false);
        node.put("ReadonlyRootfs", spec.readOnlyRoot());
        node.put("Memory", limits.memory().orElse(0));
        node.put("MemorySwap", limits.memoryAndSwap().orElse(limits.memory().orElse(0) * 2));
        node.put("NanoCpus", (long) (limits.cpus().orElse(0) * NANOS_PER_CPU));
        if (limits.processes().isPresent()) {
            node.put("PidsLimit", limits.processes().getAsLong());
        } else {
            node.putNull("PidsLimit");
        }
        node.put("OomScoreAdj", 0);
        node.setAll(AbsentParts.hostConfig());
        node.put("ShmSize", SandboxPolicy.SHARED_MEMORY);
        node.set("MaskedPaths", array(around.policy().maskedPaths()));
        node.set("ReadonlyPaths", array(around.policy().readOnlyPaths()));
        ObjectNode policy = node.putObject("RestartPolicy");
        policy.put("Name", "no");
        policy.put("MaximumRetryCount", 0);
        ObjectNode log = node.putObject("LogConfig");
        // Docker's driver that keeps files of its own; the lines are CRI's here.
        log.put("Type", "local");
        ObjectNode options = log.putObject("Config");
        LogLimits kept = around.logLimits(definition);
        options.put("max-size", Long.toString(kept.maxBytes()));
        options.put("max-file", Integer.toString(kept.files()));
    }

    private void graphDriver(ObjectNode node) {
        node.put("Name", "overlay");
        ObjectNode data = node.putObject("Data");
        data.put(
                "LowerDir",
                around.images().layerDirectories(definition.image()).stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(":")));
        data.put("UpperDir", directory.upper().toString());
        data.put("WorkDir", directory.work().toString());
    }

    private void config(ObjectNode node) {
        ContainerSpec spec = definition.spec();
        node.put("Hostname", definition.hostname());
        node.put("User", definition.user());
        node.put("Tty", false);
        node.put("OpenStdin", false);
        node.set("Env", array(definition.environment()));
        ImageConfig image = around.images()
                .require("inspect", definition.image().toString())
                .config();
        ImageConfig run = spec.over(image);
        words(node, "Cmd", run.command());
        words(node, "Entrypoint", run.entrypoint());
        node.setAll(AbsentParts.config());
        node.put("Image", spec.image());
        node.put("WorkingDir", definition.workingDirectory());
        ObjectNode labels = node.putObject("Labels");
        new TreeMap<>(run.labels()).forEach(labels::put);
        node.put("StopSignal", definition.stopSignal().toString());
        spec.stopTimeout().ifPresent(timeout -> node.put("StopTimeout", timeout.toSeconds()));
    }

    /// Docker writes no words as null.
    private static void words(ObjectNode node, String field, List<String> words) {
        if (words.isEmpty()) {
            node.putNull(field);
        } else {
            node.set(field, array(words));
        }
    }

    private static ArrayNode array(List<String> texts) {
        ArrayNode array = MAPPER.createArrayNode();
        texts.forEach(array::add);
        return array;
    }
}
