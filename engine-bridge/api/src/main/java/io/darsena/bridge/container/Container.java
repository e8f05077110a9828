package io.darsena.bridge.container;

import io.darsena.bridge.image.ImageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A container as it was at one moment.
///
/// @param arguments entrypoint and command together: what runs
/// @param activity what is going on between two states
/// @param runs how often it was started, those starts counted that failed
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
        long runs,
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

    /// One step of a start and what it made, for whoever draws or prints it in a language of its own. What this host
    /// has not, or an older version did not record, is missing. By name:
    ///
    /// - `resolve`: `reference`, `image` (its id), `layers` (directories that are stacked)
    /// - `storage`: `upper` (the writable layer's directory)
    /// - `cgroup`: `directories` (one a line), and of the limits set `memory`, `swap` (bytes, with memory), `cpus`,
    ///   `processes`
    /// - `monitor`: `pid`, `parked` (`1`: it stood ready before the start was asked for)
    /// - `namespaces`: `pid mount net uts ipc cgroup user`, as far as they are its own, each with the number that
    ///   `/proc/PID/ns` shows
    /// - `overlay`: `layers`, `writable`, `volatile` (`1` or `0`)
    /// - `filesystems`: `binds`, `masked`, `read-only` (how many)
    /// - `confinement`: `user` (`uid:gid`), `capabilities` (hexadecimal mask), `filter` (instructions), `nofile`
    /// (files it
    ///   may have open: 1,048,576, or what this host allows)
    /// - `exec`: `pid` (as this machine sees it), `command`
    public record StartStep(String name, Duration took, Map<String, String> facts) {
        public StartStep {
            facts = Map.copyOf(facts);
        }

        public Optional<String> fact(String key) {
            return Optional.ofNullable(facts.get(key));
        }
    }
}
