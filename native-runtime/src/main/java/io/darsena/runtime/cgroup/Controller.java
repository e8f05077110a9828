package io.darsena.runtime.cgroup;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The kinds of control that Darsena uses. cgroup v1 and v2 name some of them differently.
public enum Controller {
    CPU("cpu"),
    /// v1 only: v2 always counts CPU time.
    CPUACCT("cpuacct"),
    MEMORY("memory"),
    PIDS("pids"),
    /// `blkio` on v1.
    IO("io"),
    /// v1 only: every v2 group can be frozen.
    FREEZER("freezer"),
    /// v1 only: v2 leaves devices to eBPF.
    DEVICES("devices");

    private final String kernelName;

    Controller(String kernelName) {
        this.kernelName = kernelName;
    }

    static Optional<Controller> named(String kernelName) {
        String name = kernelName.equals("blkio") ? "io" : kernelName;
        return Stream.of(values())
                .filter(controller -> controller.kernelName.equals(name))
                .findFirst();
    }

    /// As in `cgroup.controllers`.
    String kernelName() {
        return kernelName;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
