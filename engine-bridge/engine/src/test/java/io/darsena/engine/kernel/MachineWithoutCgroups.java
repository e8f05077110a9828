package io.darsena.engine.kernel;

import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.cgroup.HostCgroups;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.runtime.cgroup.CgroupLayout;
import io.darsena.runtime.cgroup.CgroupPlacement;
import java.util.List;

/// This machine, as if no file system of cgroups were mounted on it.
final class MachineWithoutCgroups extends ThisMachine {

    @Override
    public Cgroups cgroups(EnginePaths paths) {
        return new HostCgroups(
                new CgroupLayout(CgroupLayout.Kind.NONE, List.of()),
                new CgroupPlacement.Unusable(CgroupPlacement.Reason.NOT_MOUNTED, "as a test wants it"),
                paths.data());
    }
}
