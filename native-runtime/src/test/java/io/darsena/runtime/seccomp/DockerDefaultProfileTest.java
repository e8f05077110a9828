package io.darsena.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.runtime.Capability;
import io.darsena.runtime.CapabilitySet;
import io.darsena.runtime.KernelVersion;
import io.darsena.runtime.seccomp.SeccompAction.Errno;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Facts about Docker's published default profile, each asked of the profile and of the compiled filter.
class DockerDefaultProfileTest {

    private static final SeccompAction EPERM = new Errno(1);
    private static final SeccompAction ENOSYS = new Errno(38);
    private static final CapabilitySet DEFAULT = CapabilitySet.DOCKER_DEFAULT;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keyctl",
                "add_key",
                "request_key",
                "mount",
                "umount2",
                "unshare",
                "setns",
                "bpf",
                "io_uring_setup",
                "io_uring_enter",
                "io_uring_register",
                "kexec_load",
                "kexec_file_load",
                "userfaultfd",
                "reboot",
                "init_module",
                "finit_module",
                "swapon",
                "swapoff",
                "pivot_root",
                "perf_event_open",
                "open_by_handle_at",
                "clock_settime",
                "settimeofday",
                "iopl",
                "ioperm",
                "quotactl",
                "acct",
                "syslog",
                "vhangup",
                "fsopen",
                "move_mount",
                "mount_setattr",
                "pidfd_getfd",
                "kcmp",
                "mbind",
                "move_pages",
                "nfsservctl",
                "uselib",
                "lookup_dcookie",
                "sysfs",
                "ustat",
                "lsm_list_modules",
                "fanotify_init",
                "sethostname",
                "process_madvise"
            })
    void deniedByDefault(String name) {
        assertVerdict(name, DEFAULT, EPERM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read",
                "write",
                "openat",
                "execve",
                "exit_group",
                "fork",
                "vfork",
                "futex",
                "mmap",
                "chroot",
                "ptrace",
                "process_vm_readv",
                "process_vm_writev",
                "seccomp",
                "memfd_secret",
                "landlock_create_ruleset",
                "mknod",
                "rseq",
                "statmount",
                "listmount",
                "mseal",
                "setxattrat",
                "removexattrat",
                "cachestat",
                "uretprobe",
                "map_shadow_stack",
                "futex_waitv",
                "arch_prctl",
                "modify_ldt",
                "clock_adjtime",
                "pidfd_open",
                "name_to_handle_at",
                "fanotify_mark",
                "io_setup",
                "prlimit64",
                "openat2",
                "close_range"
            })
    void allowedByDefault(String name) {
        assertVerdict(name, DEFAULT, SeccompAction.ALLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "SYS_ADMIN, mount",
        "SYS_ADMIN, unshare",
        "SYS_ADMIN, clone3",
        "SYS_ADMIN, bpf",
        "SYS_ADMIN, quotactl_fd",
        "SYS_ADMIN, lsm_set_self_attr",
        "BPF, bpf",
        "PERFMON, perf_event_open",
        "SYSLOG, syslog",
        "SYS_PTRACE, kcmp",
        "SYS_PTRACE, pidfd_getfd",
        "SYS_PTRACE, process_madvise",
        "SYS_TIME, clock_settime",
        "SYS_TIME, settimeofday",
        "SYS_BOOT, reboot",
        "SYS_MODULE, finit_module",
        "SYS_PACCT, acct",
        "SYS_RAWIO, iopl",
        "SYS_NICE, set_mempolicy_home_node",
        "SYS_TTY_CONFIG, vhangup",
        "DAC_READ_SEARCH, open_by_handle_at"
    })
    void aCapabilityBringsItsCalls(Capability capability, String name) {
        CapabilitySet with = DEFAULT.with(CapabilitySet.of(capability));
        assertVerdict(name, with, SeccompAction.ALLOW);
        assertThat(verdict(name, with.without(CapabilitySet.of(capability)))).isNotEqualTo(SeccompAction.ALLOW);
    }

    @Test
    void noCapabilityBringsTheCallsThatDockerNeverAllows() {
        for (String name : List.of(
                "keyctl",
                "io_uring_setup",
                "kexec_load",
                "userfaultfd",
                "swapon",
                "pivot_root",
                "move_pages",
                "migrate_pages",
                "create_module")) {
            assertVerdict(name, CapabilitySet.ALL, EPERM);
        }
    }

    @Test
    void clone3IsNotImplementedWithoutSysAdmin() {
        assertVerdict("clone3", DEFAULT, ENOSYS);
    }

    @Test
    void cloneMayMakeProcessesButNoNamespaces() {
        long fork = 0x01200011;
        assertVerdict("clone", DEFAULT, SeccompAction.ALLOW, fork);
        for (long namespace :
                new long[] {0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000}) {
            assertVerdict("clone", DEFAULT, EPERM, fork | namespace);
            assertVerdict("clone", CapabilitySet.ALL, SeccompAction.ALLOW, fork | namespace);
        }
        assertVerdict("clone", DEFAULT, SeccompAction.ALLOW, 0x80000000L | fork);
    }

    @Test
    void onlyFiveExecutionDomainsMayBeChosen() {
        for (long domain : new long[] {0, 8, 0x20000, 0x20008, 0xffffffffL}) {
            assertVerdict("personality", CapabilitySet.ALL, SeccompAction.ALLOW, domain);
        }
        for (long domain : new long[] {1, 7, 0x12345, 0x40000, 0x20001, -1, 1L << 32}) {
            assertVerdict("personality", CapabilitySet.ALL, EPERM, domain);
        }
    }

    @Test
    void everySocketFamilyButTwoMayBeMade() {
        for (long family = 0; family < 64; family++) {
            SeccompAction expected = family == 38 || family == 40 ? EPERM : SeccompAction.ALLOW;
            assertVerdict("socket", CapabilitySet.ALL, expected, family);
        }
    }

    @Test
    void bitsThatTheKernelIgnoresDoNotHideASocketFamily() {
        assertVerdict("socket", DEFAULT, EPERM, 0x1_0000_0028L);
        assertVerdict("socket", DEFAULT, SeccompAction.ALLOW, 0xffff_ffff_0000_0002L);
    }

    @Test
    void tracingNeedsLinux48() {
        SeccompContext old = new SeccompContext(DEFAULT, new KernelVersion(4, 7), Abi.X86_64);
        SystemCall ptrace = SystemCall.of(Abi.X86_64, 101);
        assertThat(SeccompProfile.dockerDefault().verdict(ptrace, old)).isEqualTo(EPERM);
        SeccompContext privileged = new SeccompContext(CapabilitySet.ALL, new KernelVersion(4, 7), Abi.X86_64);
        assertThat(SeccompProfile.dockerDefault().verdict(ptrace, privileged)).isEqualTo(SeccompAction.ALLOW);
    }

    @Test
    void whatIsYoungerThanTheProfileIsNotImplemented() {
        for (String name : List.of("open_tree_attr", "file_getattr", "file_setattr", "listns")) {
            assertVerdict(name, CapabilitySet.ALL, ENOSYS);
        }
        for (int number : new int[] {467, 600, 0x3fffffff, 0x80000000, -1, 0x40000000 | 548}) {
            assertThat(run(SystemCall.of(Abi.X86_64, number), DEFAULT))
                    .as("%x", number)
                    .isEqualTo(ENOSYS.returnValue());
        }
        assertThat(run(SystemCall.of(Abi.X86_64, 400), DEFAULT)).isEqualTo(EPERM.returnValue());
    }

    @Test
    void programsOfTheMachinesOtherConventionsAreServedByTheirOwnNumbers() {
        assertThat(run(SystemCall.of(Abi.I386, 21), DEFAULT)).as("mount").isEqualTo(EPERM.returnValue());
        assertThat(run(SystemCall.of(Abi.I386, 3), DEFAULT)).as("read").isEqualTo(0x7fff0000);
        assertThat(run(SystemCall.of(Abi.I386, 359, 40), DEFAULT)).as("socket").isEqualTo(EPERM.returnValue());
        assertThat(run(SystemCall.of(Abi.I386, 102, 1), DEFAULT))
                .as("socketcall")
                .isEqualTo(0x7fff0000);
        assertThat(run(SystemCall.of(Abi.X32, 520), DEFAULT)).as("execve").isEqualTo(0x7fff0000);
        assertThat(run(SystemCall.of(Abi.X32, 528), DEFAULT)).as("kexec_load").isEqualTo(EPERM.returnValue());
        assertThat(run(SystemCall.of(Abi.X32, 59), DEFAULT)).as("64-bit execve").isEqualTo(EPERM.returnValue());
        assertThat(run(SystemCall.of(Abi.AARCH64, 63), DEFAULT))
                .as("read of ARM")
                .isZero();
    }

    @Test
    void theProfileNamesAsManyCallsAsThePublishedOne() {
        List<String> always = new ArrayList<>();
        SeccompProfile.dockerDefault().rules().stream()
                .filter(rule -> rule.unconditional()
                        && rule.onlyIf().equals(Circumstances.NONE)
                        && rule.unless().equals(Circumstances.NONE))
                .forEach(rule -> always.addAll(rule.names()));
        assertThat(always).hasSize(361).doesNotHaveDuplicates();
    }

    private static void assertVerdict(
            String name, CapabilitySet capabilities, SeccompAction expected, long... arguments) {
        SystemCall call = call(name, arguments);
        assertThat(SeccompProfile.dockerDefault().verdict(call, context(capabilities)))
                .as("%s by the profile", name)
                .isEqualTo(expected);
        assertThat(run(call, capabilities)).as("%s by the filter", name).isEqualTo(expected.returnValue());
    }

    private static SeccompAction verdict(String name, CapabilitySet capabilities) {
        return SeccompProfile.dockerDefault().verdict(call(name), context(capabilities));
    }

    private static int run(SystemCall call, CapabilitySet capabilities) {
        return new BpfMachine(SeccompFilters.program(SeccompProfile.dockerDefault(), context(capabilities))).run(call);
    }

    private static SystemCall call(String name, long... arguments) {
        return SystemCall.of(
                Abi.X86_64, SyscallTable.of(Abi.X86_64).number(name).orElseThrow(), arguments);
    }

    private static SeccompContext context(CapabilitySet capabilities) {
        return new SeccompContext(capabilities, new KernelVersion(6, 18), Abi.X86_64);
    }
}
