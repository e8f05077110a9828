package io.darsena.runtime.seccomp;

import java.util.ArrayList;
import java.util.List;

/// A system call as a filter sees it (`struct seccomp_data`, without the instruction pointer).
///
/// @param architecture `AUDIT_ARCH_…` of the caller
/// @param number with [Abi#X32_BIT] for x32
/// @param arguments six registers
public record SystemCall(int architecture, int number, List<Long> arguments) {

    public SystemCall {
        arguments = List.copyOf(arguments);
        if (arguments.size() != ArgumentCondition.ARGUMENTS) {
            throw new IllegalArgumentException("a system call has 6 arguments, not " + arguments.size());
        }
    }

    /// A call by number as it stands in the tables of `abi`; arguments that are not given are 0.
    public static SystemCall of(Abi abi, int number, long... arguments) {
        List<Long> six = new ArrayList<>(ArgumentCondition.ARGUMENTS);
        for (int index = 0; index < ArgumentCondition.ARGUMENTS; index++) {
            six.add(index < arguments.length ? arguments[index] : 0L);
        }
        return new SystemCall(abi.auditArchitecture(), number | abi.numberBits(), six);
    }
}
