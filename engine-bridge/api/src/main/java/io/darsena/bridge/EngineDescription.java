package io.darsena.bridge;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What an engine is and what this host lets it do.
///
/// @param version Darsena's
/// @param dataRoot where images and containers lie
/// @param configRoot where what a person set lies, with logins and keys; empty when the engine does not tell
/// @param runRoot where sockets and what need not survive a reboot lie; empty when the engine does not tell
/// @param reductions abilities this host withholds, each with reason and cure; empty on a complete host
public record EngineDescription(
        String version,
        String kernel,
        Tier tier,
        CgroupMode cgroupMode,
        Path dataRoot,
        Optional<Path> configRoot,
        Optional<Path> runRoot,
        List<Reduction> reductions) {

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
                configRoot,
                runRoot,
                Stream.concat(reductions.stream(), Stream.of(reduction)).toList());
    }

    /// Whether containers have control groups, and with them limits and the freezer.
    public boolean hasControlGroups() {
        return cgroupMode != CgroupMode.NONE && (tier == Tier.ROOTFUL || tier == Tier.ROOTLESS_DELEGATED);
    }

    /// Why there are no control groups, as far as the host's reductions tell.
    public Optional<Reduction> lackOfControlGroups() {
        return hasControlGroups()
                ? Optional.empty()
                : reductions.stream()
                        .filter(reduction -> reduction.key().startsWith("cgroup-"))
                        .findFirst();
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

    /// What a host may lack, as far as Darsena's own engine knows it; another engine may tell of more.
    public enum Lack {
        /// No cgroups are mounted.
        CGROUP_NOT_MOUNTED,
        /// An ordinary user on cgroup v1.
        CGROUP_V1_NEEDS_ROOT,
        /// An ordinary user without a cgroup of their own.
        CGROUP_NOT_DELEGATED,
        /// Processes of others live in the own cgroup.
        CGROUP_SHARED,
        CGROUP_READ_ONLY,
        /// There are cgroups, but not each controller that is needed.
        CGROUP_CONTROLLER_MISSING,
        /// As root, without a cgroup that keeps devices from containers.
        NO_DEVICE_CONTROL,
        /// Not all of what the settings' file says can be followed.
        SETTINGS_FILE,
        /// Containers have one user id only.
        SINGLE_UID,
        /// Overlay cannot be mounted in a user namespace.
        NO_OVERLAY,
        NO_USERNS,
        /// AppArmor restricts user namespaces of ordinary users.
        APPARMOR_USERNS;

        /// As in [Reduction#key].
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// An ability that is reduced. `key` names it for the message bundles (for example `cgroup-not-delegated`);
    /// `reason` and `cure` are English sentences for logs and API clients.
    public record Reduction(String key, String reason, String cure) {

        public Reduction(Lack lack, String reason, String cure) {
            this(lack.key(), reason, cure);
        }
    }
}
