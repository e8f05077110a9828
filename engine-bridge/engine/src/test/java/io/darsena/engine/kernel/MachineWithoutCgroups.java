package io.darsena.engine.kernel;

import io.darsena.engine.LinuxMachine;
import io.darsena.engine.Machine;
import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.cgroup.HostCgroups;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.sync.Network;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.cgroup.CgroupLayout;
import io.darsena.runtime.cgroup.CgroupPlacement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// This machine, as if no file system of cgroups were mounted on it.
final class MachineWithoutCgroups implements Machine {

    private final LinuxMachine machine = new LinuxMachine();

    @Override
    public Cgroups cgroups(EnginePaths paths) {
        return new HostCgroups(
                new CgroupLayout(CgroupLayout.Kind.NONE, List.of()),
                new CgroupPlacement.Unusable(CgroupPlacement.Reason.NOT_MOUNTED, "as a test wants it"),
                paths.data());
    }

    @Override
    public ContainerRuntime runtime(EnginePaths paths) {
        return machine.runtime(paths);
    }

    @Override
    public boolean isRoot() {
        return machine.isRoot();
    }

    @Override
    public String kernel() {
        return machine.kernel();
    }

    @Override
    public Map<String, String> environment() {
        return machine.environment();
    }

    @Override
    public Network network() {
        return Network.UNKNOWN;
    }

    @Override
    public Path home() {
        return machine.home();
    }
}
