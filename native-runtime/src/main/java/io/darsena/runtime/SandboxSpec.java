package io.darsena.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// All that darsena-runtime needs to start a sandbox; the keys of the protocol's `start`, typed. Policy (which
/// capabilities, which paths are masked, which filter) is decided by whoever builds it.
///
/// @param lowers layers' directories, topmost first
/// @param writable missing: the root is read-only altogether
/// @param capabilities mask of capability numbers
/// @param seccomp file with a compiled filter; missing: unconfined
/// @param attachments how many will [Sandbox#attach] at once: what it writes waits for them, at most some seconds
/// @param cgroups existing cgroup directories that the first process is born in, one a hierarchy
public record SandboxSpec(
        String id,
        long run,
        Path runDirectory,
        Path stateDirectory,
        List<Path> lowers,
        Optional<Writable> writable,
        boolean readOnlyRoot,
        String hostname,
        List<String> arguments,
        List<String> environment,
        String workingDirectory,
        String user,
        long capabilities,
        boolean noNewPrivileges,
        Optional<Path> seccomp,
        List<String> maskedPaths,
        List<String> readOnlyPaths,
        List<Bind> binds,
        Set<Namespace> namespaces,
        List<Path> cgroups,
        DeviceGuard deviceGuard,
        LogRotation logRotation,
        OptionalInt oomScoreAdjustment,
        List<ResourceLimit> resourceLimits,
        long sharedMemoryBytes,
        int attachments) {

    public SandboxSpec {
        lowers = List.copyOf(lowers);
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        maskedPaths = List.copyOf(maskedPaths);
        readOnlyPaths = List.copyOf(readOnlyPaths);
        binds = List.copyOf(binds);
        namespaces = Set.copyOf(namespaces);
        cgroups = List.copyOf(cgroups);
        resourceLimits = List.copyOf(resourceLimits);
        if (lowers.isEmpty()) {
            throw new IllegalArgumentException("a sandbox needs at least one layer");
        }
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("a sandbox needs a command");
        }
    }

    /// The writable layer. `unsynced` allows overlay's `volatile`: faster, loses unsynced writes on power loss.
    public record Writable(Path upper, Path work, boolean unsynced) {}

    /// A bind mount; `target` is resolved inside the container's root.
    public record Bind(Path source, String target, boolean readOnly) {}

    /// Rotation of the log: `maxBytes` of one file, `maxFiles` kept. Zero bytes: no rotation.
    public record LogRotation(long maxBytes, int maxFiles) {
        public static final LogRotation NONE = new LogRotation(0, 1);
    }

    /// `RLIMIT_` name without its prefix, in lower case, as `nofile`.
    public record ResourceLimit(String name, long soft, long hard) {}

    /// Who keeps the host's devices from the container.
    public enum DeviceGuard {
        /// Its user namespace: no device node can be made there, and none of a layer opens.
        USER_NAMESPACE,
        /// Its control groups: a filter on version 2, rules on version 1.
        CONTROL_GROUP,
        /// Its mounts alone: nodes outside of /dev open nothing. It must have no `CAP_MKNOD` then, as /dev could take
        /// more.
        MOUNTS
    }

    public enum Namespace {
        PID,
        MOUNT,
        NET,
        UTS,
        IPC,
        CGROUP
    }
}
