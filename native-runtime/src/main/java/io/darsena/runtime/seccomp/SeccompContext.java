package io.darsena.runtime.seccomp;

import io.darsena.runtime.CapabilitySet;
import io.darsena.runtime.KernelVersion;

/// What a profile is applied to.
///
/// @param capabilities the container's bounding set
/// @param machine the convention of the machine's own programs
public record SeccompContext(CapabilitySet capabilities, KernelVersion kernel, Abi machine) {

    /// A container with these capabilities on the machine and the kernel that this runs on.
    public static SeccompContext onThisHost(CapabilitySet capabilities) {
        return new SeccompContext(capabilities, Host.KERNEL, Host.MACHINE);
    }

    private static final class Host {
        static final KernelVersion KERNEL = KernelVersion.ofThisHost();
        static final Abi MACHINE = Abi.ofThisMachine();
    }
}
