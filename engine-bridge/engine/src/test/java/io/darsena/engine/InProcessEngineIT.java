package io.darsena.engine;

import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription.CgroupMode;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.contract.EngineContract;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.starter.StarterImage;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/// The contract on this machine's kernel, as whoever runs the tests.
class InProcessEngineIT extends EngineContract {

    @TempDir
    Path temporary;

    @Override
    protected Engine open() {
        return InProcessEngine.open(EnginePaths.under(temporary));
    }

    @Override
    public String image() {
        return StarterImage.NAME.toString();
    }

    @Override
    public Set<ContainerStatus> states() {
        return EnumSet.of(
                ContainerStatus.CREATED, ContainerStatus.RUNNING, ContainerStatus.PAUSED, ContainerStatus.EXITED);
    }

    @Override
    public boolean canPause() {
        return engine().description().cgroupMode() != CgroupMode.NONE
                && engine().description().reductions().stream()
                        .noneMatch(reduction -> reduction.key().startsWith("cgroup-"));
    }
}
