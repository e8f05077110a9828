package io.darsena.engine.container;

import io.darsena.bridge.container.LogLimits;
import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.container.log.ContainerLogs;
import io.darsena.engine.event.EventSink;
import io.darsena.engine.image.ImageStore;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.settings.KeptSettings;
import io.darsena.runtime.ContainerRuntime;

/// What all containers of an engine share.
record ContainerSurroundings(
        EnginePaths paths,
        ContainerRuntime runtime,
        Cgroups cgroups,
        ImageStore images,
        ContainerRows rows,
        SandboxPolicy policy,
        ContainerLogs logs,
        KeptSettings settings,
        EventSink events) {

    /// What of a container's output is kept from its next start on.
    LogLimits logLimits(ContainerDefinition definition) {
        return definition.spec().logLimits().orElse(settings.now().logs());
    }
}
