package io.darsena.engine.container;

import io.darsena.bridge.container.KernelPaths;
import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.runtime.Capability;
import io.darsena.runtime.CapabilitySet;
import io.darsena.runtime.SandboxSpec;
import io.darsena.runtime.SandboxSpec.Bind;
import io.darsena.runtime.SandboxSpec.DeviceGuard;
import io.darsena.runtime.SandboxSpec.LogRotation;
import io.darsena.runtime.SandboxSpec.Namespace;
import io.darsena.runtime.SandboxSpec.ResourceLimit;
import io.darsena.runtime.seccomp.SeccompContext;
import io.darsena.runtime.seccomp.SeccompFilters;
import io.darsena.runtime.seccomp.SeccompProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What a container may do, in one place: Docker's defaults (moby, `oci/defaults.go` and `profiles/seccomp`).
final class SandboxPolicy {

    static final CapabilitySet CAPABILITIES = CapabilitySet.DOCKER_DEFAULT;
    static final long SHARED_MEMORY = 64L << 20;

    private static final String THERMAL = "/sys/devices/system/cpu/cpu%d/thermal_throttle";

    /// As Docker's daemon; a host that allows less gives what it allows, and the start's steps tell.
    private static final List<ResourceLimit> LIMITS = List.of(new ResourceLimit("nofile", 1 << 20, 1 << 20));

    private final SeccompFilters filters;
    private final DeviceGuard devices;
    private final List<String> masked;

    /// @param devices who keeps the host's devices from containers on this host
    SandboxPolicy(SeccompFilters filters, DeviceGuard devices) {
        this.filters = filters;
        this.devices = devices;
        this.masked = masked(Path.of("/"));
    }

    /// The masked paths; those of the processors only where this machine has them.
    static List<String> masked(Path root) {
        List<String> paths = new ArrayList<>(KernelPaths.MASKED);
        for (int cpu = 0; Files.isDirectory(root.resolve("sys/devices/system/cpu/cpu" + cpu)); cpu++) {
            String path = THERMAL.formatted(cpu);
            if (Files.exists(root.resolve(path.substring(1)))) {
                paths.add(path);
            }
        }
        return paths;
    }

    /// Who may make device nodes and is held by no control group could make one of the host's disk.
    CapabilitySet capabilities() {
        return devices == DeviceGuard.MOUNTS ? CAPABILITIES.without(CapabilitySet.of(Capability.MKNOD)) : CAPABILITIES;
    }

    List<String> maskedPaths() {
        return masked;
    }

    List<String> readOnlyPaths() {
        return KernelPaths.READ_ONLY;
    }

    SandboxSpec sandbox(
            ContainerDefinition definition,
            long run,
            ContainerDirectory directory,
            List<Path> layers,
            List<Path> cgroups,
            LogLimits logs,
            int attachments) {
        return new SandboxSpec(
                definition.id().hex(),
                run,
                directory.run(),
                directory.state(),
                layers,
                Optional.of(new SandboxSpec.Writable(
                        directory.upper(), directory.work(), definition.spec().autoRemove())),
                definition.spec().readOnlyRoot(),
                definition.hostname(),
                definition.arguments(),
                definition.environment(),
                definition.workingDirectory(),
                definition.user(),
                capabilities().mask(),
                false,
                Optional.of(filter()),
                masked,
                KernelPaths.READ_ONLY,
                binds(directory),
                namespaces(definition.spec().network()),
                cgroups,
                devices,
                new LogRotation(logs.maxBytes(), logs.files()),
                OptionalInt.of(0),
                LIMITS,
                SHARED_MEMORY,
                attachments);
    }

    /// Makes what every start needs and the first would have to wait for: the compiled filter, 150 ms of a cold JVM.
    void prepare() {
        filter();
    }

    private Path filter() {
        return filters.file(SeccompProfile.dockerDefault(), SeccompContext.onThisHost(CAPABILITIES));
    }

    private static List<Bind> binds(ContainerDirectory directory) {
        return List.of(
                new Bind(directory.resolver(), "/etc/resolv.conf", false),
                new Bind(directory.hostname(), "/etc/hostname", false),
                new Bind(directory.hosts(), "/etc/hosts", false));
    }

    private static Set<Namespace> namespaces(NetworkMode network) {
        return switch (network) {
            case NONE -> EnumSet.allOf(Namespace.class);
            case HOST -> EnumSet.complementOf(EnumSet.of(Namespace.NET));
        };
    }
}
