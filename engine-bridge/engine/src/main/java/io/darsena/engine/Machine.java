package io.darsena.engine;

import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.sync.Network;
import io.darsena.runtime.ContainerRuntime;
import java.nio.file.Path;
import java.util.Map;

/// What an engine needs of the machine it is on. [LinuxMachine] is the real one.
public interface Machine {

    /// Called first: where cgroups are found may decide where the runtime has to live. The engine closes it, last.
    Cgroups cgroups(EnginePaths paths);

    /// The engine closes it.
    ContainerRuntime runtime(EnginePaths paths);

    boolean isRoot();

    String kernel();

    /// Variables of the environment: proxies, where Docker's configuration is, where programs are.
    Map<String, String> environment();

    /// What connects it to others.
    Network network();

    /// Of the person who runs the engine.
    Path home();
}
