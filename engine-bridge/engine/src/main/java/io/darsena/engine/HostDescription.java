package io.darsena.engine;

import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.EngineDescription.Reduction;
import io.darsena.bridge.EngineDescription.Tier;
import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.runtime.RuntimeFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What this host lets the engine do, with reason and cure for what it does not.
final class HostDescription {

    private static final Path APPARMOR_RESTRICTION = Path.of("/proc/sys/kernel/apparmor_restrict_unprivileged_userns");

    private HostDescription() {}

    static EngineDescription of(Machine machine, EnginePaths paths, RuntimeFacts facts, Cgroups cgroups) {
        List<Reduction> reductions = new ArrayList<>();
        cgroups.refusal()
                .or(cgroups::freezerRefusal)
                .ifPresent(refusal -> reductions.add(new Reduction(refusal.key(), refusal.reason(), refusal.cure())));
        for (RuntimeFacts.Reduction reduction : facts.reductions()) {
            reductions.add(new Reduction(reduction.key(), reason(reduction), cure(reduction.key())));
        }
        if (facts.rootless()
                && isRestrictedByAppArmor()
                && reductions.stream().noneMatch(HostDescription::isAppArmor)) {
            reductions.add(new Reduction(
                    "apparmor-userns",
                    "this host's AppArmor restricts user namespaces of ordinary users",
                    cure("apparmor-userns")));
        }
        return new EngineDescription(
                version(), machine.kernel(), tier(facts, cgroups), cgroups.mode(), paths.data(), reductions);
    }

    private static Tier tier(RuntimeFacts facts, Cgroups cgroups) {
        if (!facts.rootless()) {
            return Tier.ROOTFUL;
        }
        if (facts.singleUid()) {
            return Tier.ROOTLESS_SINGLE_ID;
        }
        return cgroups.refusal().isEmpty() ? Tier.ROOTLESS_DELEGATED : Tier.ROOTLESS;
    }

    static String version() {
        return Optional.ofNullable(HostDescription.class.getPackage().getImplementationVersion())
                .orElse("0.1.0-SNAPSHOT");
    }

    private static boolean isAppArmor(Reduction reduction) {
        return reduction.key().equals("apparmor-userns");
    }

    private static boolean isRestrictedByAppArmor() {
        try {
            return Files.readString(APPARMOR_RESTRICTION).strip().equals("1");
        } catch (IOException noSuchSetting) {
            return false;
        }
    }

    private static String reason(RuntimeFacts.Reduction reduction) {
        String words = switch (reduction.key()) {
            case "single-uid" -> "only one user id is mapped, so files of other users cannot be kept apart";
            case "no-overlay" -> "overlay cannot be mounted in a user namespace";
            case "no-userns" -> "user namespaces are refused";
            case "apparmor-userns" -> "AppArmor restricts user namespaces of ordinary users";
            default -> reduction.key();
        };
        return reduction.reason().isEmpty() ? words : words + " (" + reduction.reason() + ")";
    }

    private static String cure(String key) {
        return switch (key) {
            case "single-uid" ->
                "install the package uidmap, and give this user ranges in /etc/subuid and /etc/subgid"
                        + " (usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER)";
            case "no-overlay" -> "use a kernel of 5.11 or newer, or run as root";
            case "no-userns" ->
                "allow them: sysctl user.max_user_namespaces=28633, and on Debian's older kernels"
                        + " kernel.unprivileged_userns_clone=1; or run as root";
            case "apparmor-userns" ->
                "install Darsena's package with its AppArmor profile, or"
                        + " sysctl kernel.apparmor_restrict_unprivileged_userns=0";
            default -> "run as root";
        };
    }
}
