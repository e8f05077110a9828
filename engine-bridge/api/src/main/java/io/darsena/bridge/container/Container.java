package io.darsena.bridge.container;

import io.darsena.bridge.image.ImageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A container as it was at one moment.
///
/// @param arguments entrypoint and command together: what runs
/// @param activity what is going on between two states
/// @param history how it came here, oldest first, at most the last 50 steps
/// @param startSteps how its last start went; empty before the first
/// @param lastError why the last start failed, until one succeeds
public record Container(
        ContainerId id,
        String name,
        ContainerSpec spec,
        ImageId image,
        String imageName,
        List<String> arguments,
        ContainerState state,
        Optional<Activity> activity,
        Instant createdAt,
        List<HistoryEntry> history,
        List<StartStep> startSteps,
        Optional<String> lastError) {

    public Container {
        arguments = List.copyOf(arguments);
        history = List.copyOf(history);
        startSteps = List.copyOf(startSteps);
    }

    public ContainerStatus status() {
        return state.status();
    }

    public enum Activity {
        STARTING,
        STOPPING,
        RESTARTING,
        REMOVING
    }

    /// @param trigger empty for the first entry, the creation
    public record HistoryEntry(ContainerStatus status, Optional<Lifecycle.Trigger> trigger, Instant at) {}

    /// @param name `resolve`, `storage`, `cgroup` of the engine's, then those of the runtime: `monitor`,
    ///     `namespaces`,
    ///     `overlay`, `filesystems`, `confinement`, `exec`
    public record StartStep(String name, Duration took, String detail) {}
}
