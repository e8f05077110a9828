package io.darsena.runtime;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Sandbox specifications for tests.
final class Specs {

    static final String ID = "0123456789abcdef".repeat(4);

    private Specs() {}

    /// Run 1 in `directory`, which is its run directory and its state directory.
    static SandboxSpec in(Path directory, String... command) {
        return new SandboxSpec(
                ID,
                1,
                directory,
                directory,
                List.of(directory.resolve("top"), directory.resolve("bottom")),
                Optional.of(new SandboxSpec.Writable(directory.resolve("upper"), directory.resolve("work"), true)),
                false,
                "box",
                List.of(command),
                List.of("PATH=/bin", "EMPTY="),
                "/srv",
                "1:2",
                0xa80425fbL,
                true,
                Optional.of(directory.resolve("filter")),
                List.of("/proc/kcore"),
                List.of("/proc/sys"),
                List.of(new SandboxSpec.Bind(directory.resolve("data"), "/data", true)),
                EnumSet.allOf(SandboxSpec.Namespace.class),
                List.of(directory.resolve("cgroup")),
                SandboxSpec.DeviceGuard.USER_NAMESPACE,
                new SandboxSpec.LogRotation(1000, 3),
                OptionalInt.of(5),
                List.of(new SandboxSpec.ResourceLimit("nofile", 10, 20)),
                1 << 20,
                0);
    }
}
