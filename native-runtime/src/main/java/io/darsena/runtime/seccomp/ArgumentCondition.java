package io.darsena.runtime.seccomp;

/// A test of one argument of a system call: `(argument & mask) COMPARISON operand`, unsigned.
///
/// A filter sees registers, not what they point to. An `int` parameter fills only the low half of its register and the
/// kernel ignores the rest: a test of all 64 bits can be stepped around by bits in the upper half, so a condition on an
/// `int` should be [Width#LOW_32]. Docker's profiles know 64 bits only.
public record ArgumentCondition(int index, Width width, long mask, Comparison comparison, long operand) {

    static final int ARGUMENTS = 6;
    private static final long LOW_HALF = 0xffffffffL;

    public ArgumentCondition {
        if (index < 0 || index >= ARGUMENTS) {
            throw new IllegalArgumentException("a system call has the arguments 0 to 5, not " + index);
        }
        if (width == Width.LOW_32 && (mask & ~LOW_HALF | operand & ~LOW_HALF) != 0) {
            throw new IllegalArgumentException("a condition on the low 32 bits cannot name upper ones");
        }
        if ((operand & ~mask) != 0) {
            throw new IllegalArgumentException("a condition cannot compare with bits that its mask removes");
        }
    }

    public static ArgumentCondition of(int index, Comparison comparison, long operand) {
        return new ArgumentCondition(index, Width.FULL_64, -1, comparison, operand);
    }

    /// As `SCMP_CMP_MASKED_EQ`: bits of `value` outside of the mask do not count.
    public static ArgumentCondition masked(int index, long mask, long value) {
        return new ArgumentCondition(index, Width.FULL_64, mask, Comparison.EQUAL, value & mask);
    }

    /// Whether it holds; on an [Abi] that is not wide only the low 32 bits of everything count.
    boolean holds(long argument, Abi abi) {
        long seen = halfOnly(abi) ? LOW_HALF : -1;
        int order = Long.compareUnsigned(argument & mask & seen, operand & seen);
        return switch (comparison) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    /// The same condition as a filter for `abi` has to test it.
    ArgumentCondition on(Abi abi) {
        return halfOnly(abi)
                ? new ArgumentCondition(index, Width.LOW_32, mask & LOW_HALF, comparison, operand & LOW_HALF)
                : this;
    }

    private boolean halfOnly(Abi abi) {
        return width == Width.LOW_32 || !abi.wide();
    }

    /// How much of the register is looked at.
    public enum Width {
        LOW_32,
        FULL_64
    }

    public enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }
}
