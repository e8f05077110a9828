package io.darsena.engine;

import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.runtime.ContainerRuntime;

/// What an engine needs of the machine it is on. [LinuxMachine] is the real one.
public interface Machine {

    /// Called first: where cgroups are found may decide where the runtime has to live. The engine closes it, last.
    Cgroups cgroups(EnginePaths paths);

    /// The engine closes it.
    ContainerRuntime runtime(EnginePaths paths);

    boolean isRoot();

    String kernel();
}
