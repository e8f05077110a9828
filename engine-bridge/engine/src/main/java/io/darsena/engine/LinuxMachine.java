package io.darsena.engine;

import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.cgroup.HostCgroups;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.sync.DesktopNetwork;
import io.darsena.engine.sync.Network;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.DarsenaRuntime;
import io.darsena.runtime.RuntimeBinary;
import io.darsena.runtime.cgroup.CgroupLayout;
import io.darsena.runtime.cgroup.CgroupPlacement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The Linux that this JVM runs on.
public final class LinuxMachine implements Machine {

    @Override
    public Cgroups cgroups(EnginePaths paths) {
        // First the place, which may be a scope that systemd makes for this process: the layout tells where that is.
        CgroupPlacement placement = CgroupPlacement.find();
        return new HostCgroups(CgroupLayout.detect(), placement, paths.data());
    }

    @Override
    public ContainerRuntime runtime(EnginePaths paths) {
        RuntimeBinary binary = RuntimeBinary.located(paths.runtimeBinaries());
        return DarsenaRuntime.open(binary, paths.run(), !isRoot());
    }

    @Override
    public boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read /proc/self", failure);
        }
    }

    @Override
    public String kernel() {
        return System.getProperty("os.version", "");
    }

    @Override
    public Map<String, String> environment() {
        return System.getenv();
    }

    @Override
    public Network network() {
        return new DesktopNetwork(environment());
    }

    @Override
    public Path home() {
        return Path.of(System.getProperty("user.home"));
    }
}
