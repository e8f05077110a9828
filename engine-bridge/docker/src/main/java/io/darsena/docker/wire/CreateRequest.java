package io.darsena.docker.wire;

import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.error.InvalidRequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Reads the body of `POST /containers/create` (Engine API, ContainerCreate). What this engine cannot do is
/// refused by
/// name, never ignored.
public final class CreateRequest {

    private static final String OPERATION = "create";

    private final JsonNode body;
    private final JsonNode host;

    public CreateRequest(JsonNode body) {
        this.body = body;
        this.host = body.path("HostConfig");
    }

    /// @throws InvalidRequestException naming the first part that is malformed or not supported
    public ContainerSpec spec(Optional<String> name) {
        refuseWhatIsMissing();
        try {
            ContainerSpec spec = ContainerSpec.of(body.path("Image").asString(""))
                    .withEnvironment(strings(body.path("Env")))
                    .withLimits(limits())
                    .withReadOnlyRoot(host.path("ReadonlyRootfs").asBoolean(false))
                    .withLabels(labels())
                    .withAutoRemove(host.path("AutoRemove").asBoolean(false));
            spec = name.map(spec::withName).orElse(spec);
            Optional<List<String>> command = words("Cmd");
            Optional<List<String>> entrypoint = words("Entrypoint");
            spec = command.isPresent() ? spec.withCommand(command.get()) : spec;
            spec = entrypoint.isPresent() ? spec.withEntrypoint(entrypoint.get()) : spec;
            spec = text("WorkingDir").map(spec::withWorkingDirectory).orElse(spec);
            spec = text("User").map(spec::withUser).orElse(spec);
            spec = text("Hostname").map(spec::withHostname).orElse(spec);
            spec = text("StopSignal").map(spec::withStopSignal).orElse(spec);
            return body.path("StopTimeout").isNumber()
                    ? spec.withStopTimeout(
                            Duration.ofSeconds(body.path("StopTimeout").asLong()))
                    : spec;
        } catch (IllegalArgumentException invalid) {
            throw new InvalidRequestException(OPERATION, "container", String.valueOf(invalid.getMessage()), "");
        }
    }

    private void refuseWhatIsMissing() {
        refuse(body.path("Tty").asBoolean(false), "a terminal (--tty)");
        refuse(body.path("OpenStdin").asBoolean(false), "standard input (--interactive)");
        refuse(host.path("Privileged").asBoolean(false), "--privileged");
        refuse(
                !host.path("Binds").isEmpty() || !host.path("Mounts").isEmpty(),
                "mounts and volumes (--volume, --mount)");
        refuse(!host.path("PortBindings").isEmpty(), "published ports (--publish)");
        refuse(host.path("PublishAllPorts").asBoolean(false), "published ports (--publish-all)");
        refuse(!host.path("CapAdd").isEmpty() || !host.path("CapDrop").isEmpty(), "changed capabilities (--cap-add)");
        refuse(!host.path("Devices").isEmpty(), "devices (--device)");
        refuse(!host.path("SecurityOpt").isEmpty(), "security options (--security-opt)");
        refuse(!host.path("Tmpfs").isEmpty(), "--tmpfs");
        String policy = host.path("RestartPolicy").path("Name").asString("");
        refuse(!policy.isEmpty() && !policy.equals("no"), "restart policy " + policy);
        String network = host.path("NetworkMode").asString("default");
        refuse(!List.of("", "default", "bridge", "none").contains(network), "network " + network);
    }

    private static void refuse(boolean asked, String what) {
        if (asked) {
            throw new InvalidRequestException(
                    OPERATION, "container", what + " is not supported by this version of Darsena", "leave it out");
        }
    }

    private ResourceLimits limits() {
        long memory = host.path("Memory").asLong(0);
        long swap = host.path("MemorySwap").asLong(0);
        long nanoCpus = host.path("NanoCpus").asLong(0);
        long quota = host.path("CpuQuota").asLong(0);
        long period =
                host.path("CpuPeriod").asLong(0) > 0 ? host.path("CpuPeriod").asLong(0) : 100_000;
        long pids = host.path("PidsLimit").asLong(0);
        OptionalDouble cpus = nanoCpus > 0
                ? OptionalDouble.of(nanoCpus / 1e9)
                : quota > 0 ? OptionalDouble.of((double) quota / period) : OptionalDouble.empty();
        return new ResourceLimits(positive(memory), positive(swap), cpus, positive(pids));
    }

    private static OptionalLong positive(long value) {
        return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private Optional<String> text(String name) {
        return Optional.of(body.path(name).asString("")).filter(value -> !value.isEmpty());
    }

    /// `null` and an absent list mean: as the image says; a string is one word.
    private Optional<List<String>> words(String name) {
        JsonNode node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        return Optional.of(node.isString() ? List.of(node.asString()) : strings(node));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        body.path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString("")));
        return labels;
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(entry -> strings.add(entry.asString("")));
        return strings;
    }
}
