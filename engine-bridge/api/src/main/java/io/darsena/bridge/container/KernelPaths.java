package io.darsena.bridge.container;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What of the kernel's files no container sees or writes (moby, `oci/defaults.go`).
public final class KernelPaths {

    /// Covered in every container. So are, where there are such, those of each processor that tell its heat.
    public static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/interrupts",
            "/proc/kcore",
            "/proc/keys",
            "/proc/latency_stats",
            "/proc/sched_debug",
            "/proc/scsi",
            "/proc/timer_list",
            "/proc/timer_stats",
            "/sys/devices/virtual/powercap",
            "/sys/firmware");

    /// Seen in every container, and written in none.
    public static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private static final Pattern HEAT = Pattern.compile("/sys/devices/system/cpu/cpu\\d{1,5}/thermal_throttle");

    /// Docker's lists of some years ago lack these.
    private static final Set<String> MASKED_LATER = Set.of("/proc/interrupts", "/sys/devices/virtual/powercap");

    private KernelPaths() {}

    /// Whether what somebody wants to be masked is what is masked anyway, by this list or an older one.
    public static boolean masksAsWanted(Collection<String> wanted) {
        return wanted.stream()
                        .allMatch(path ->
                                MASKED.contains(path) || HEAT.matcher(path).matches())
                && MASKED.stream().allMatch(path -> wanted.contains(path) || MASKED_LATER.contains(path));
    }

    /// Whether what somebody wants to be read-only is what is so anyway.
    public static boolean protectsAsWanted(Collection<String> wanted) {
        return Set.copyOf(wanted).equals(Set.copyOf(READ_ONLY));
    }
}
