package io.darsena.runtime.seccomp;

import java.util.Locale;

/// A calling convention for system calls. One machine can admit several: a 64-bit kernel also serves 32-bit programs,
/// with other numbers for the same names.
public enum Abi {
    X86_64("SCMP_ARCH_X86_64", "amd64", 0xC000003E, true),
    I386("SCMP_ARCH_X86", "x86", 0x40000003, false),
    /// Shares its audit architecture with X86_64; a call is marked by [#X32_BIT] in its number.
    X32("SCMP_ARCH_X32", "x32", 0xC000003E, false),
    AARCH64("SCMP_ARCH_AARCH64", "arm64", 0xC00000B7, true),
    ARM("SCMP_ARCH_ARM", "arm", 0x40000028, false);

    /// Marks the numbers of x32 calls (`__X32_SYSCALL_BIT`).
    public static final int X32_BIT = 0x40000000;

    private final String ociName;
    private final String machine;
    private final int auditArchitecture;
    private final boolean wide;

    Abi(String ociName, String machine, int auditArchitecture, boolean wide) {
        this.ociName = ociName;
        this.machine = machine;
        this.auditArchitecture = auditArchitecture;
        this.wide = wide;
    }

    /// The convention of 64- or 32-bit programs made for the machine this runs on.
    ///
    /// @throws IllegalStateException on a machine whose system calls are not known here
    public static Abi ofThisMachine() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            case "arm" -> ARM;
            case "x86", "i386", "i686" -> I386;
            default ->
                throw new IllegalStateException("cannot filter system calls on " + name
                        + ": their numbers are known for x86 and ARM only; run containers unconfined there");
        };
    }

    /// The name in the OCI runtime specification.
    public String ociName() {
        return ociName;
    }

    /// The name that conditions of Docker's profiles use for a machine of this kind.
    public String machine() {
        return machine;
    }

    /// `AUDIT_ARCH_…`, which the kernel hands to a filter with each call.
    public int auditArchitecture() {
        return auditArchitecture;
    }

    /// Whether arguments are compared as 64 bits; otherwise only the low 32 are.
    public boolean wide() {
        return wide;
    }

    /// What is added to a table's number to give the number that the kernel sees.
    int numberBits() {
        return this == X32 ? X32_BIT : 0;
    }
}
