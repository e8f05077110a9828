package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes a [SandboxSpec] as the protocol's `start`.
final class StartRequest {

    private StartRequest() {}

    static Frame.Builder of(SandboxSpec spec) {
        Frame.Builder request = Frame.named("start")
                .with("id", spec.id())
                .with("run", spec.run())
                .with("run-dir", spec.runDirectory())
                .with("state-dir", spec.stateDirectory());
        root(spec, request);
        command(spec, request);
        confinement(spec, request);
        resources(spec, request);
        return request;
    }

    private static void root(SandboxSpec spec, Frame.Builder request) {
        request.withAll("lower", spec.lowers());
        spec.writable()
                .ifPresent(layer -> request.with("upper", layer.upper())
                        .with("work", layer.work())
                        .withFlag("volatile", layer.unsynced()));
        request.withFlag("read-only-root", spec.readOnlyRoot());
        request.withAll("masked", spec.maskedPaths());
        request.withAll("read-only-path", spec.readOnlyPaths());
        for (SandboxSpec.Bind bind : spec.binds()) {
            request.with("bind-source", bind.source())
                    .with("bind-target", bind.target())
                    .with("bind-options", bind.readOnly() ? "rec,ro" : "rec,rw");
        }
        request.with("shm-size", spec.sharedMemoryBytes());
    }

    private static void command(SandboxSpec spec, Frame.Builder request) {
        request.with("hostname", spec.hostname())
                .withAll("arg", spec.arguments())
                .withAll("env", spec.environment())
                .with("cwd", spec.workingDirectory())
                .with("user", spec.user())
                .with("log-max-size", spec.logRotation().maxBytes())
                .with("log-max-files", spec.logRotation().maxFiles());
        if (spec.attachments() > 0) {
            request.with("attached", spec.attachments());
        }
    }

    private static void confinement(SandboxSpec spec, Frame.Builder request) {
        request.with("capabilities", Long.toHexString(spec.capabilities()))
                .withFlag("no-new-privileges", spec.noNewPrivileges());
        spec.seccomp().ifPresent(filter -> request.with("seccomp", filter));
        request.with(
                "namespaces",
                spec.namespaces().stream()
                        .sorted()
                        .map(namespace -> namespace.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(",")));
    }

    private static void resources(SandboxSpec spec, Frame.Builder request) {
        request.withAll("cgroup", spec.cgroups())
                .withFlag("device-filter", spec.deviceGuard() == SandboxSpec.DeviceGuard.CONTROL_GROUP)
                .withFlag("no-devices", spec.deviceGuard() == SandboxSpec.DeviceGuard.MOUNTS);
        spec.oomScoreAdjustment().ifPresent(value -> request.with("oom-score-adj", value));
        for (SandboxSpec.ResourceLimit limit : spec.resourceLimits()) {
            request.with("rlimit", limit.name() + ":" + limit.soft() + ":" + limit.hard());
        }
    }
}
