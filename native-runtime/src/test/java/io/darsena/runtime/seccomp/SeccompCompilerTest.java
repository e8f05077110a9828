package io.darsena.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.runtime.CapabilitySet;
import io.darsena.runtime.KernelVersion;
import io.darsena.runtime.seccomp.ArgumentCondition.Comparison;
import io.darsena.runtime.seccomp.ArgumentCondition.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Compiled filters do what the profile's definition says, for every number and for arguments around every edge.
class SeccompCompilerTest {

    private static final KernelVersion KERNEL = new KernelVersion(6, 18);
    private static final List<String> SOME_NAMES = List.of(
            "read",
            "write",
            "openat",
            "socket",
            "accept",
            "semop",
            "ipc",
            "socketcall",
            "clone",
            "mseal",
            "listns",
            "personality",
            "no_such_call",
            "execve",
            "set_tls");

    @ParameterizedTest
    @CsvSource({
        "X86_64, a80425fb",
        "X86_64, 0",
        "X86_64, 1ffffffffff",
        "X86_64, a82425fb",
        "AARCH64, a80425fb",
        "AARCH64, 1ffffffffff",
        "I386, a80425fb",
        "ARM, a80425fb"
    })
    void theDefaultProfileIsCompiledFaithfully(Abi machine, String capabilities) {
        SeccompContext context = new SeccompContext(CapabilitySet.parseHex(capabilities), KERNEL, machine);
        assertFaithful(SeccompProfile.dockerDefault(), context, everyNumber());
    }

    @ParameterizedTest
    @CsvSource({"X86_64, 400", "AARCH64, 400"})
    void theDefaultFilterIsSmallAndShallow(Abi machine, int bound) {
        SeccompContext context = new SeccompContext(CapabilitySet.DOCKER_DEFAULT, KERNEL, machine);
        BpfMachine filter = new BpfMachine(SeccompFilters.program(SeccompProfile.dockerDefault(), context));
        assertThat(filter.size()).isLessThanOrEqualTo(bound);
        int deepest = everyNumber().stream()
                .mapToInt(number -> {
                    filter.run(SystemCall.of(machine, number));
                    return filter.steps();
                })
                .max()
                .orElseThrow();
        assertThat(deepest).isLessThanOrEqualTo(32);
    }

    @Property(tries = 300)
    void anyProfileIsCompiledFaithfully(@ForAll("profiles") SeccompProfile profile, @ForAll("machines") Abi machine) {
        List<Integer> numbers = new ArrayList<>(List.of(-1, 0x80000000, 0x3fffffff, 0x40000000, 0x7fffffff, 9999));
        for (String name : SOME_NAMES) {
            for (Abi abi : Abi.values()) {
                SyscallTable.of(abi)
                        .number(name)
                        .ifPresent(number -> numbers.addAll(List.of(number - 1, number, number + 1)));
            }
        }
        assertFaithful(profile, new SeccompContext(CapabilitySet.NONE, KERNEL, machine), numbers);
    }

    @Test
    void aProfileThatTheKernelWouldNotTakeIsRefused() {
        List<SeccompRule> rules = new ArrayList<>();
        for (int number = 0; number < 2000; number++) {
            rules.add(rule(
                    Set.of("ioctl"), List.of(ArgumentCondition.of(1, Comparison.EQUAL, number)), SeccompAction.ALLOW));
        }
        SeccompProfile profile = new SeccompProfile(new SeccompAction.Errno(1), Map.of(), rules);
        SeccompContext context = new SeccompContext(CapabilitySet.NONE, KERNEL, Abi.X86_64);
        assertThatThrownBy(() -> SeccompFilters.program(profile, context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4096");
    }

    @Test
    void jumpsBeyondTheReachOfAnInstructionArrive() {
        List<SeccompRule> rules = new ArrayList<>();
        for (int number = 0; number < 120; number++) {
            rules.add(rule(
                    Set.of("ioctl", "prctl"),
                    List.of(ArgumentCondition.of(number % 6, Comparison.EQUAL, number * 0x1_0000_0001L)),
                    new SeccompAction.Errno(number + 1)));
        }
        SeccompProfile profile =
                new SeccompProfile(SeccompAction.ALLOW, Map.of(Abi.X86_64, List.of(Abi.I386, Abi.X32)), rules);
        SeccompContext context = new SeccompContext(CapabilitySet.NONE, KERNEL, Abi.X86_64);
        BpfMachine filter = new BpfMachine(SeccompFilters.program(profile, context));
        for (int number = 0; number < 121; number++) {
            long[] arguments = new long[6];
            arguments[number % 6] = number * 0x1_0000_0001L;
            SystemCall ioctl = SystemCall.of(Abi.X86_64, 16, arguments);
            assertThat(filter.run(ioctl))
                    .isEqualTo(profile.verdict(ioctl, context).returnValue());
        }
    }

    @Provide
    Arbitrary<Abi> machines() {
        return Arbitraries.of(Abi.X86_64, Abi.AARCH64, Abi.I386);
    }

    @Provide
    Arbitrary<SeccompProfile> profiles() {
        Arbitrary<Map<Abi, List<Abi>>> architectures = Arbitraries.of(
                Map.of(),
                Map.of(Abi.X86_64, List.of(Abi.I386)),
                Map.of(Abi.X86_64, List.of(Abi.X32, Abi.I386), Abi.AARCH64, List.of(Abi.ARM)));
        Arbitrary<SeccompRule> rules = Combinators.combine(
                        Arbitraries.of(SOME_NAMES).set().ofMinSize(1).ofMaxSize(4),
                        conditions().list().ofMaxSize(3),
                        actions())
                .as(SeccompCompilerTest::rule);
        return Combinators.combine(actions(), architectures, rules.list().ofMaxSize(8))
                .as(SeccompProfile::new);
    }

    private static Arbitrary<SeccompAction> actions() {
        return Arbitraries.of(
                SeccompAction.ALLOW,
                new SeccompAction.Errno(1),
                SeccompAction.NOT_IMPLEMENTED,
                new SeccompAction.Trap(),
                new SeccompAction.Log(),
                new SeccompAction.Notify(),
                new SeccompAction.Trace(7),
                SeccompAction.KILL_THREAD,
                new SeccompAction.KillProcess());
    }

    private static Arbitrary<ArgumentCondition> conditions() {
        Arbitrary<Long> values = Arbitraries.of(0L, 1L, 5L, 0xffffffffL, 1L << 32, 0x1_0000_0001L, -1L, Long.MIN_VALUE);
        Arbitrary<Integer> indexes = Arbitraries.integers().between(0, 1);
        Arbitrary<ArgumentCondition> full = Combinators.combine(indexes, Arbitraries.of(Comparison.class), values)
                .as(ArgumentCondition::of);
        Arbitrary<ArgumentCondition> masked =
                Combinators.combine(indexes, values, values).as(ArgumentCondition::masked);
        Arbitrary<ArgumentCondition> low = Combinators.combine(indexes, Arbitraries.of(Comparison.class), values)
                .as((index, comparison, value) ->
                        new ArgumentCondition(index, Width.LOW_32, 0xffffffffL, comparison, value & 0xffffffffL));
        return Arbitraries.oneOf(full, masked, low);
    }

    private static SeccompRule rule(Set<String> names, List<ArgumentCondition> conditions, SeccompAction action) {
        return new SeccompRule(names, conditions, action, Circumstances.NONE, Circumstances.NONE);
    }

    private static List<Integer> everyNumber() {
        List<Integer> numbers =
                new ArrayList<>(IntStream.rangeClosed(0, 600).boxed().toList());
        IntStream.rangeClosed(0, 600).forEach(number -> numbers.add(number | Abi.X32_BIT));
        numbers.addAll(
                List.of(-1, -2, 0x3fffffff, 0x7fffffff, 0x80000000, 0xbfffffff, 0xc0000000, 983041, 983045, 983046));
        return numbers;
    }

    /// Compares filter and definition, for arguments on both sides of every operand that the profile has.
    private static void assertFaithful(SeccompProfile profile, SeccompContext context, List<Integer> numbers) {
        BpfMachine filter = new BpfMachine(SeccompFilters.program(profile, context));
        List<Long> edges = edges(profile);
        List<Integer> architectures = new ArrayList<>(List.of(0, -1));
        for (Abi abi : Abi.values()) {
            architectures.add(abi.auditArchitecture());
        }
        for (int architecture : architectures) {
            for (int number : numbers) {
                for (int edge = 0; edge < edges.size(); edge++) {
                    long one = edges.get(edge);
                    long other = edges.get((edge * 7 + 3) % edges.size());
                    SystemCall call = new SystemCall(architecture, number, List.of(one, other, one, other, one, other));
                    SeccompAction expected = profile.verdict(call, context);
                    if (filter.run(call) != expected.returnValue()) {
                        assertThat(Integer.toHexString(filter.run(call)))
                                .as("%s under %s", call, profile.rules())
                                .isEqualTo(Integer.toHexString(expected.returnValue()));
                    }
                    if (!dependsOnArguments(profile, context, call)) {
                        break;
                    }
                }
            }
        }
    }

    private static boolean dependsOnArguments(SeccompProfile profile, SeccompContext context, SystemCall call) {
        for (Abi abi : profile.abis(context.machine())) {
            String name = SyscallTable.of(abi).name(call.number());
            boolean conditional =
                    profile.rules().stream().anyMatch(rule -> rule.names().contains(name) && !rule.unconditional());
            if (conditional || name.equals("socketcall") || name.equals("ipc")) {
                return true;
            }
        }
        return false;
    }

    private static List<Long> edges(SeccompProfile profile) {
        List<Long> edges = new ArrayList<>(List.of(0L, 1L, -1L, 11L, 0x1000bL));
        profile.rules().stream().flatMap(rule -> rule.conditions().stream()).forEach(condition -> {
            for (long value : new long[] {condition.operand(), condition.mask() & -condition.mask()}) {
                edges.addAll(List.of(value, value - 1, value + 1, value | 1L << 32, value ^ 1L << 63));
            }
        });
        return edges.stream().distinct().toList();
    }
}
