package io.darsena.runtime;

import static io.darsena.runtime.Capability.AUDIT_WRITE;
import static io.darsena.runtime.Capability.CHOWN;
import static io.darsena.runtime.Capability.DAC_OVERRIDE;
import static io.darsena.runtime.Capability.FOWNER;
import static io.darsena.runtime.Capability.FSETID;
import static io.darsena.runtime.Capability.KILL;
import static io.darsena.runtime.Capability.MKNOD;
import static io.darsena.runtime.Capability.NET_BIND_SERVICE;
import static io.darsena.runtime.Capability.NET_RAW;
import static io.darsena.runtime.Capability.SETFCAP;
import static io.darsena.runtime.Capability.SETGID;
import static io.darsena.runtime.Capability.SETPCAP;
import static io.darsena.runtime.Capability.SETUID;
import static io.darsena.runtime.Capability.SYS_CHROOT;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A set of capabilities as the kernel keeps it: bit N stands for capability number N. Bits of capabilities that are
/// younger than [Capability] are kept, but have no name.
public record CapabilitySet(long mask) {

    public static final CapabilitySet NONE = new CapabilitySet(0);

    /// Every capability that has a name here. What of it the machine grants is for the runtime to intersect.
    public static final CapabilitySet ALL = of(Capability.values());

    /// What Docker leaves to the root user of a container that asks for nothing.
    public static final CapabilitySet DOCKER_DEFAULT = of(
            CHOWN,
            DAC_OVERRIDE,
            FOWNER,
            FSETID,
            KILL,
            SETGID,
            SETUID,
            SETPCAP,
            NET_BIND_SERVICE,
            NET_RAW,
            SYS_CHROOT,
            MKNOD,
            AUDIT_WRITE,
            SETFCAP);

    public static CapabilitySet of(Capability... capabilities) {
        return of(List.of(capabilities));
    }

    public static CapabilitySet of(Collection<Capability> capabilities) {
        return new CapabilitySet(
                capabilities.stream().mapToLong(Capability::bit).reduce(0, (left, right) -> left | right));
    }

    /// Reads what [#toString()] writes: names joined by commas; no name is the empty set.
    public static CapabilitySet parse(String names) {
        return of(Stream.of(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Capability::parse)
                .toList());
    }

    /// Reads a mask as /proc/PID/status and the runtime's protocol write it.
    ///
    /// @throws IllegalArgumentException when it is not a hexadecimal number of at most 64 bits
    public static CapabilitySet parseHex(String mask) {
        try {
            return new CapabilitySet(Long.parseUnsignedLong(mask.strip(), 16));
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    "cannot read the capability mask " + mask + ": it must be up to 16 hexadecimal digits", malformed);
        }
    }

    public boolean contains(Capability capability) {
        return (mask & capability.bit()) != 0;
    }

    public CapabilitySet with(CapabilitySet added) {
        return new CapabilitySet(mask | added.mask);
    }

    public CapabilitySet without(CapabilitySet removed) {
        return new CapabilitySet(mask & ~removed.mask);
    }

    public CapabilitySet intersect(CapabilitySet other) {
        return new CapabilitySet(mask & other.mask);
    }

    /// The named members in the kernel's order.
    public List<Capability> members() {
        return Stream.of(Capability.values()).filter(this::contains).toList();
    }

    /// 16 hexadecimal digits, as in /proc/PID/status.
    public String hex() {
        return String.format("%016x", mask);
    }

    @Override
    public String toString() {
        return members().stream().map(Capability::toString).collect(Collectors.joining(","));
    }
}
