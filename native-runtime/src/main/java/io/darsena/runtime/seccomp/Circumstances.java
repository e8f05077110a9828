package io.darsena.runtime.seccomp;

import io.darsena.runtime.Capability;
import io.darsena.runtime.KernelVersion;
import java.util.Optional;
import java.util.Set;

/// What the validity of a rule can depend on. The same three things mean "only if" and "unless":
/// see [SeccompRule#appliesIn(SeccompContext)]. An empty set and an empty kernel say nothing.
///
/// @param machines names as Docker's profiles write them: `amd64`, `arm64`, `s390x`, …; any name is accepted
public record Circumstances(Set<Capability> capabilities, Set<String> machines, Optional<KernelVersion> kernel) {

    public static final Circumstances NONE = new Circumstances(Set.of(), Set.of(), Optional.empty());

    public Circumstances {
        capabilities = Set.copyOf(capabilities);
        machines = Set.copyOf(machines);
    }

    /// All capabilities are there, the machine is one of those named, the kernel is new enough.
    boolean allMet(SeccompContext context) {
        return capabilities.stream().allMatch(context.capabilities()::contains)
                && (machines.isEmpty() || machines.contains(context.machine().machine()))
                && kernel.stream().allMatch(context.kernel()::atLeast);
    }

    /// One of the capabilities is there, or the machine is one of those named, or the kernel is that new.
    boolean anyMet(SeccompContext context) {
        return capabilities.stream().anyMatch(context.capabilities()::contains)
                || machines.contains(context.machine().machine())
                || kernel.stream().anyMatch(context.kernel()::atLeast);
    }
}
