package io.darsena.bridge;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What an engine is and what this host lets it do.
///
/// @param version Darsena's
/// @param dataRoot where images and containers lie
/// @param reductions abilities this host withholds, each with reason and cure; empty on a complete host
public record EngineDescription(
        String version, String kernel, Tier tier, CgroupMode cgroupMode, Path dataRoot, List<Reduction> reductions) {

    public EngineDescription {
        reductions = List.copyOf(reductions);
    }

    /// With one more reduction.
    public EngineDescription with(Reduction reduction) {
        return new EngineDescription(
                version,
                kernel,
                tier,
                cgroupMode,
                dataRoot,
                Stream.concat(reductions.stream(), Stream.of(reduction)).toList());
    }

    /// What the engine can do as whom it runs.
    public enum Tier {
        /// As root.
        ROOTFUL,
        /// As an ordinary user with a full range of ids and a delegated cgroup: limits and the freezer work.
        ROOTLESS_DELEGATED,
        /// As an ordinary user with a full range of ids but without a cgroup: no limits, no pause.
        ROOTLESS,
        /// As an ordinary user with one id only.
        ROOTLESS_SINGLE_ID
    }

    public enum CgroupMode {
        V1,
        HYBRID,
        V2,
        NONE
    }

    /// An ability that is reduced. `key` names it for the message bundles (for example `cgroup-not-delegated`);
    /// `reason` and
    /// `cure` are English sentences for logs and API clients.
    public record Reduction(String key, String reason, String cure) {}
}
