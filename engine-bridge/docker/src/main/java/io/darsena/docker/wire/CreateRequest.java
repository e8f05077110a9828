package io.darsena.docker.wire;

import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.error.InvalidRequestException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Reads the body of `POST /containers/create` (Engine API, ContainerCreate). What this engine cannot do is
/// refused by name, never ignored.
public final class CreateRequest {

    private static final String OPERATION = "create";

    private static final String NO_BRIDGE = "there is no bridge network yet: the container has only a loopback; "
            + "use --network host for the host's network";

    private final Fields body;
    private final Fields host;

    /// @throws IllegalArgumentException when the body or its `HostConfig` is no JSON object
    public CreateRequest(JsonNode body) {
        this.body = Fields.of("the body", body);
        this.host = this.body.object("HostConfig");
    }

    /// @throws InvalidRequestException naming the first part that is malformed or not supported
    public ContainerSpec spec(Optional<String> name) {
        try {
            UnsupportedParts.refuse(body, host);
            ContainerSpec spec = ContainerSpec.of(body.text("Image").orElse(""))
                    .withEnvironment(body.texts("Env"))
                    .withLimits(limits())
                    .withReadOnlyRoot(host.flag("ReadonlyRootfs"))
                    .withNetwork(network())
                    .withLabels(body.map("Labels"))
                    .withAutoRemove(host.flag("AutoRemove"));
            spec = name.map(spec::withName).orElse(spec);
            Optional<List<String>> command = body.words("Cmd");
            Optional<List<String>> entrypoint = body.words("Entrypoint").map(CreateRequest::entrypoint);
            spec = command.isPresent() ? spec.withCommand(command.get()) : spec;
            spec = entrypoint.isPresent() ? spec.withEntrypoint(entrypoint.get()) : spec;
            spec = LogOptions.read(host.object("LogConfig"))
                    .map(spec::withLogLimits)
                    .orElse(spec);
            spec = body.text("WorkingDir").map(spec::withWorkingDirectory).orElse(spec);
            spec = body.text("User").map(spec::withUser).orElse(spec);
            spec = body.text("Hostname").map(spec::withHostname).orElse(spec);
            spec = body.text("StopSignal").map(spec::withStopSignal).orElse(spec);
            OptionalLong timeout = body.number("StopTimeout");
            return timeout.isPresent() ? spec.withStopTimeout(stopTimeout(timeout.getAsLong())) : spec;
        } catch (IllegalArgumentException invalid) {
            throw new InvalidRequestException(OPERATION, "container", String.valueOf(invalid.getMessage()), "");
        }
    }

    /// Docker's -1 means: for ever.
    private static Duration stopTimeout(long seconds) {
        return seconds == -1 ? ContainerSpec.LONGEST_STOP_TIMEOUT : Duration.ofSeconds(seconds);
    }

    /// One empty word, as `--entrypoint ""` sends it, takes the image's away.
    private static List<String> entrypoint(List<String> words) {
        return words.equals(List.of("")) ? List.of() : words;
    }

    /// What the container will not be of what was asked for, in words for whoever asked.
    public List<String> warnings() {
        return askedNetwork().isPresent() ? List.of() : List.of(NO_BRIDGE);
    }

    /// Docker's default is a bridge: there is none yet, so that a container that asks for nothing gets a network of its
    /// own with nothing in it, and a warning.
    private NetworkMode network() {
        return askedNetwork().orElse(NetworkMode.NONE);
    }

    private Optional<NetworkMode> askedNetwork() {
        return host.text("NetworkMode").flatMap(NetworkMode::of);
    }

    private ResourceLimits limits() {
        OptionalLong nanoCpus = positive("NanoCpus");
        OptionalLong quota = positive("CpuQuota");
        if (nanoCpus.isPresent() && (quota.isPresent() || positive("CpuPeriod").isPresent())) {
            throw new IllegalArgumentException(
                    "conflicting options: Nano CPUs and a CPU period or quota cannot both be set");
        }
        long period = positive("CpuPeriod").orElse(100_000);
        OptionalDouble cpus = nanoCpus.isPresent()
                ? OptionalDouble.of(nanoCpus.getAsLong() / 1e9)
                : quota.isPresent() ? OptionalDouble.of((double) quota.getAsLong() / period) : OptionalDouble.empty();
        return new ResourceLimits(positive("Memory"), memoryAndSwap(), cpus, positive("PidsLimit"));
    }

    /// Docker's -1 means with a memory limit: all the swap there is; 0: twice the memory.
    private OptionalLong memoryAndSwap() {
        return positive("Memory").isPresent() && host.number("MemorySwap").orElse(0) == ResourceLimits.UNLIMITED_SWAP
                ? OptionalLong.of(ResourceLimits.UNLIMITED_SWAP)
                : positive("MemorySwap");
    }

    /// Docker's 0 and -1 mean: no limit.
    private OptionalLong positive(String name) {
        OptionalLong value = host.number(name);
        return value.orElse(0) > 0 ? value : OptionalLong.empty();
    }
}
