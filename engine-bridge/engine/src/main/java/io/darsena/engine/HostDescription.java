package io.darsena.engine;

import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.EngineDescription.Lack;
import io.darsena.bridge.EngineDescription.Reduction;
import io.darsena.bridge.EngineDescription.Tier;
import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.runtime.RuntimeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What this host lets the engine do, with reason and cure for what it does not.
final class HostDescription {

    private HostDescription() {}

    static EngineDescription of(Machine machine, EnginePaths paths, RuntimeFacts facts, Cgroups cgroups) {
        List<Reduction> reductions = new ArrayList<>();
        cgroups.refusal()
                .or(cgroups::controllerRefusal)
                .map(HostDescription::reduction)
                .ifPresent(reductions::add);
        if (!facts.rootless()) {
            cgroups.deviceRefusal().map(HostDescription::reduction).ifPresent(reductions::add);
        }
        for (RuntimeFacts.Reduction reduction : facts.reductions()) {
            Lack lack = lack(reduction.lack());
            reductions.add(new Reduction(lack, reason(reduction), cure(reduction.lack())));
        }
        return new EngineDescription(
                version(),
                machine.kernel(),
                tier(facts, cgroups),
                cgroups.mode(),
                paths.data(),
                Optional.of(paths.config()),
                Optional.of(paths.run()),
                reductions);
    }

    private static Reduction reduction(Cgroups.Refusal refusal) {
        return new Reduction(refusal.lack(), refusal.reason(), refusal.cure());
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

    private static Lack lack(RuntimeFacts.Lack lack) {
        return switch (lack) {
            case SINGLE_UID -> Lack.SINGLE_UID;
            case NO_OVERLAY -> Lack.NO_OVERLAY;
            case NO_USERNS -> Lack.NO_USERNS;
            case APPARMOR_USERNS -> Lack.APPARMOR_USERNS;
        };
    }

    private static String reason(RuntimeFacts.Reduction reduction) {
        String words = switch (reduction.lack()) {
            case SINGLE_UID -> "only one user id is mapped, so files of other users cannot be kept apart";
            case NO_OVERLAY -> "overlay cannot be mounted in a user namespace";
            case NO_USERNS -> "user namespaces are refused";
            case APPARMOR_USERNS -> "AppArmor restricts user namespaces of ordinary users";
        };
        return reduction.reason().isEmpty() ? words : words + " (" + reduction.reason() + ")";
    }

    private static String cure(RuntimeFacts.Lack lack) {
        return switch (lack) {
            case SINGLE_UID ->
                "install the package uidmap, and give this user ranges in /etc/subuid and /etc/subgid"
                        + " (usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER)";
            case NO_OVERLAY -> "use a kernel of 5.11 or newer, or run as root";
            case NO_USERNS ->
                "allow them: sysctl user.max_user_namespaces=28633, and on Debian's older kernels"
                        + " kernel.unprivileged_userns_clone=1; or run as root";
            case APPARMOR_USERNS ->
                "install Darsena's package with its AppArmor profile, or"
                        + " sysctl kernel.apparmor_restrict_unprivileged_userns=0";
        };
    }
}
