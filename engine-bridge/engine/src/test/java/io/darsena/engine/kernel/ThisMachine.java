package io.darsena.engine.kernel;

import io.darsena.engine.LinuxMachine;
import io.darsena.engine.Machine;
import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.sync.Network;
import io.darsena.runtime.ContainerRuntime;
import java.nio.file.Path;
import java.util.Map;

/// This machine, but for what a test wants to be otherwise. Whether it is online is not known.
abstract class ThisMachine implements Machine {

    private final LinuxMachine machine = new LinuxMachine();

    @Override
    public Cgroups cgroups(EnginePaths paths) {
        return machine.cgroups(paths);
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
