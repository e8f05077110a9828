package io.darsena.runtime.seccomp;

import io.darsena.runtime.seccomp.AbiPolicy.Branch;
import io.darsena.runtime.seccomp.AbiPolicy.Outcome;
import io.darsena.runtime.seccomp.BackwardAssembler.Test;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Translates a profile into the classic BPF program that the kernel runs before every system call: it looks at the
/// caller's convention, finds the call's number by binary search over the ranges of numbers that are treated alike, and
/// tests arguments where the profile says so. Does what [SeccompProfile#verdict(SystemCall, SeccompContext)] says.
///
/// Ranges keep the program small, and its size is what counts: since Linux 5.11 the kernel remembers which numbers are
/// allowed whatever their arguments and does not run the filter for them (kernel/seccomp.c, action cache), but each
/// start of a container pays for checking and translating every instruction.
final class SeccompCompiler {

    /// `BPF_MAXINSNS`.
    static final int MAX_INSTRUCTIONS = 4096;

    private static final int NUMBER_OFFSET = 0;
    private static final int ARCHITECTURE_OFFSET = 4;
    private static final int ARGUMENTS_OFFSET = 16;
    private static final long X32_BEGIN = Integer.toUnsignedLong(Abi.X32_BIT);
    private static final long LAST_NUMBER = 0xffffffffL;

    private final BackwardAssembler assembler = new BackwardAssembler();

    private SeccompCompiler() {}

    /// @return an array of `struct sock_filter` in the machine's byte order
    /// @throws IllegalArgumentException when the program would be longer than the kernel takes
    static byte[] compile(SeccompProfile profile, SeccompContext context) {
        SeccompCompiler compiler = new SeccompCompiler();
        byte[] program = compiler.assembler.program(compiler.start(profile, context));
        if (compiler.assembler.size() > MAX_INSTRUCTIONS) {
            throw new IllegalArgumentException("cannot compile the seccomp profile: it needs "
                    + compiler.assembler.size() + " instructions and the kernel takes " + MAX_INSTRUCTIONS
                    + "; use fewer conditions on arguments");
        }
        return program;
    }

    private int start(SeccompProfile profile, SeccompContext context) {
        Map<Integer, NavigableMap<Long, Outcome>> callers = new LinkedHashMap<>();
        for (Abi abi : profile.abis(context.machine())) {
            AbiPolicy policy = AbiPolicy.of(profile, context, abi);
            callers.merge(abi.auditArchitecture(), ranges(policy), SeccompCompiler::merged);
        }
        int next = assembler.give(SeccompAction.KILL_THREAD.returnValue());
        List<Map.Entry<Integer, NavigableMap<Long, Outcome>>> lastFirst =
                new ArrayList<>(callers.entrySet()).reversed();
        List<Integer> sections = new ArrayList<>();
        lastFirst.forEach(caller -> sections.add(section(caller.getValue())));
        for (int index = 0; index < lastFirst.size(); index++) {
            next = assembler.branch(Test.EQUAL, lastFirst.get(index).getKey(), sections.get(index), next);
        }
        return assembler.load(ARCHITECTURE_OFFSET, next);
    }

    /// Where ranges of numbers begin and what is done from there on. All 32-bit numbers are covered.
    private static NavigableMap<Long, Outcome> ranges(AbiPolicy policy) {
        NavigableMap<Long, Outcome> ranges = new TreeMap<>();
        boolean x86 = policy.abi().auditArchitecture() == Abi.X32.auditArchitecture();
        ranges.put(policy.abi() == Abi.X32 ? X32_BEGIN : 0L, policy.fallback());
        policy.outcomes().forEach((number, outcome) -> {
            ranges.put(Integer.toUnsignedLong(number), outcome);
            ranges.putIfAbsent(Integer.toUnsignedLong(number) + 1, policy.fallback());
        });
        policy.newest().ifPresent(number -> {
            long unknown = Integer.toUnsignedLong(number) + 1;
            ranges.tailMap(unknown).clear();
            ranges.put(unknown, Outcome.always(SeccompAction.NOT_IMPLEMENTED));
        });
        if (x86 && policy.abi() != Abi.X32) {
            ranges.put(X32_BEGIN, Outcome.always(SeccompAction.KILL_THREAD));
            ranges.put(LAST_NUMBER, policy.fallback());
        }
        return ranges;
    }

    /// x86_64 and x32 are one caller to the kernel: the upper numbers are x32's.
    private static NavigableMap<Long, Outcome> merged(
            NavigableMap<Long, Outcome> one, NavigableMap<Long, Outcome> other) {
        boolean otherIsX32 = other.firstKey() == X32_BEGIN;
        NavigableMap<Long, Outcome> both = new TreeMap<>((otherIsX32 ? one : other).headMap(X32_BEGIN, false));
        both.putAll(otherIsX32 ? other : one);
        return both;
    }

    private int section(NavigableMap<Long, Outcome> ranges) {
        List<Range> list = new ArrayList<>();
        ranges.forEach((begin, outcome) -> {
            if (list.isEmpty() || !list.getLast().outcome.equals(outcome)) {
                list.add(new Range(begin, outcome));
            }
        });
        return assembler.load(NUMBER_OFFSET, search(list));
    }

    private int search(List<Range> ranges) {
        Range first = ranges.getFirst();
        if (ranges.size() == 1) {
            return outcome(first.outcome);
        }
        if (ranges.size() == 3 && first.outcome.equals(ranges.get(2).outcome)) {
            Range middle = ranges.get(1);
            if (ranges.get(2).begin == middle.begin + 1) {
                int whenFalse = outcome(first.outcome);
                return assembler.branch(Test.EQUAL, (int) middle.begin, outcome(middle.outcome), whenFalse);
            }
        }
        int half = ranges.size() / 2;
        int upper = search(ranges.subList(half, ranges.size()));
        int lower = search(ranges.subList(0, half));
        return assembler.branch(Test.GREATER_OR_EQUAL, (int) ranges.get(half).begin, upper, lower);
    }

    private int outcome(Outcome outcome) {
        int next = assembler.give(outcome.otherwise().returnValue());
        for (Branch branch : outcome.branches().reversed()) {
            int miss = next;
            int hit = assembler.give(branch.action().returnValue());
            for (ArgumentCondition condition : branch.conditions().reversed()) {
                hit = condition(condition, hit, miss);
            }
            next = hit;
        }
        return next;
    }

    private int condition(ArgumentCondition condition, int hit, int miss) {
        return switch (condition.comparison()) {
            case EQUAL -> compare(condition, Test.EQUAL, hit, miss);
            case NOT_EQUAL -> compare(condition, Test.EQUAL, miss, hit);
            case GREATER -> compare(condition, Test.GREATER, hit, miss);
            case LESS_OR_EQUAL -> compare(condition, Test.GREATER, miss, hit);
            case GREATER_OR_EQUAL -> compare(condition, Test.GREATER_OR_EQUAL, hit, miss);
            case LESS -> compare(condition, Test.GREATER_OR_EQUAL, miss, hit);
        };
    }

    /// Compares half by half, the upper one first; it decides unless it is equal.
    private int compare(ArgumentCondition condition, Test test, int hit, int miss) {
        long operand = condition.operand();
        int lower = half(condition, false, assembler.branch(test, (int) operand, hit, miss));
        if (condition.mask() >>> Integer.SIZE == 0) {
            return lower;
        }
        int upper = (int) (operand >>> Integer.SIZE);
        int equal = assembler.branch(Test.EQUAL, upper, lower, miss);
        return half(condition, true, test == Test.EQUAL ? equal : assembler.branch(Test.GREATER, upper, hit, equal));
    }

    private int half(ArgumentCondition condition, boolean upper, int next) {
        int mask = (int) (upper ? condition.mask() >>> Integer.SIZE : condition.mask());
        boolean littleEndian = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        int offset = ARGUMENTS_OFFSET + condition.index() * Long.BYTES + (upper == littleEndian ? Integer.BYTES : 0);
        return assembler.load(offset, mask == -1 ? next : assembler.and(mask, next));
    }

    private record Range(long begin, Outcome outcome) {}
}
