package io.darsena.engine;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.disk.Disk;
import io.darsena.bridge.disk.PrunePlan;
import io.darsena.bridge.disk.PruneResult;
import io.darsena.engine.image.ImagePrune;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.runtime.ContainerRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The disk of one engine.
record EngineDisk(EnginePaths paths, ContainerRuntime runtime, Containers containersHere, ImagePrune images)
        implements Disk {

    @Override
    public PrunePlan prunable() {
        return images.plan();
    }

    @Override
    public PruneResult prune(PrunePlan plan) {
        return images.run(plan);
    }

    @Override
    public Map<ContainerId, Long> containers() {
        Map<ContainerId, Long> bytes = new HashMap<>();
        for (Container container : containersHere.list()) {
            Path directory = paths.container(container.id());
            if (Files.isDirectory(directory)) {
                bytes.put(container.id(), runtime.usage(directory).bytes());
            }
        }
        return Map.copyOf(bytes);
    }
}
