package io.darsena.runtime;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The capabilities of Linux (capabilities(7)), in the kernel's order: a capability's number is its ordinal.
public enum Capability {
    CHOWN,
    DAC_OVERRIDE,
    DAC_READ_SEARCH,
    FOWNER,
    FSETID,
    KILL,
    SETGID,
    SETUID,
    SETPCAP,
    LINUX_IMMUTABLE,
    NET_BIND_SERVICE,
    NET_BROADCAST,
    NET_ADMIN,
    NET_RAW,
    IPC_LOCK,
    IPC_OWNER,
    SYS_MODULE,
    SYS_RAWIO,
    SYS_CHROOT,
    SYS_PTRACE,
    SYS_PACCT,
    SYS_ADMIN,
    SYS_BOOT,
    SYS_NICE,
    SYS_RESOURCE,
    SYS_TIME,
    SYS_TTY_CONFIG,
    MKNOD,
    LEASE,
    AUDIT_WRITE,
    AUDIT_CONTROL,
    SETFCAP,
    MAC_OVERRIDE,
    MAC_ADMIN,
    SYSLOG,
    WAKE_ALARM,
    BLOCK_SUSPEND,
    AUDIT_READ,
    PERFMON,
    BPF,
    CHECKPOINT_RESTORE;

    private static final String PREFIX = "CAP_";
    private static final Map<String, Capability> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    public int number() {
        return ordinal();
    }

    /// The bit that stands for it in a [CapabilitySet].
    public long bit() {
        return 1L << ordinal();
    }

    /// Finds a capability by the name users write: any case, with or without `CAP_`.
    public static Optional<Capability> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Optional.ofNullable(BY_NAME.get(upper.startsWith(PREFIX) ? upper.substring(PREFIX.length()) : upper));
    }

    /// As [#named(String)], for names that must exist.
    ///
    /// @throws IllegalArgumentException when there is none
    public static Capability parse(String name) {
        return named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown capability " + name + ": names are those of capabilities(7), as CAP_NET_ADMIN"));
    }

    /// `CAP_SYS_ADMIN`, as the kernel's headers and Docker write it.
    @Override
    public String toString() {
        return PREFIX + name();
    }
}
