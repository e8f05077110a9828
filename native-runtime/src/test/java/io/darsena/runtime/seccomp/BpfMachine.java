package io.darsena.runtime.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Runs a compiled filter as the kernel would, and refuses what the kernel's checker refuses: unknown instructions,
/// jumps out of the program, loads outside of the call, a last instruction that is no return.
final class BpfMachine {

    private static final int INSTRUCTION_BYTES = 8;
    private static final int CALL_BYTES = 64;

    private final ByteBuffer program;
    private int steps;

    BpfMachine(byte[] program) {
        this.program = ByteBuffer.wrap(program).order(ByteOrder.nativeOrder());
        if (program.length == 0 || program.length % INSTRUCTION_BYTES != 0) {
            throw new IllegalArgumentException("no whole program: " + program.length + " bytes");
        }
        for (int at = 0; at < size(); at++) {
            check(at);
        }
    }

    int size() {
        return program.capacity() / INSTRUCTION_BYTES;
    }

    /// How many instructions the last run took.
    int steps() {
        return steps;
    }

    /// The filter's `SECCOMP_RET_…` for the call.
    int run(SystemCall call) {
        ByteBuffer data = ByteBuffer.allocate(CALL_BYTES).order(ByteOrder.nativeOrder());
        data.putInt(call.number()).putInt(call.architecture()).putLong(0);
        call.arguments().forEach(data::putLong);
        int accumulator = 0;
        int at = 0;
        for (steps = 1; ; steps++) {
            int constant = constant(at);
            at++;
            switch (code(at - 1)) {
                case 0x20 -> accumulator = data.getInt(constant);
                case 0x54 -> accumulator &= constant;
                case 0x05 -> at += constant;
                case 0x15 -> at += jump(at - 1, accumulator == constant);
                case 0x25 -> at += jump(at - 1, Integer.compareUnsigned(accumulator, constant) > 0);
                case 0x35 -> at += jump(at - 1, Integer.compareUnsigned(accumulator, constant) >= 0);
                case 0x06 -> {
                    return constant;
                }
                default -> throw new IllegalStateException("unchecked instruction at " + (at - 1));
            }
        }
    }

    private void check(int at) {
        int constant = constant(at);
        int left = size() - at - 1;
        boolean valid = switch (code(at)) {
            case 0x20 -> constant >= 0 && constant <= CALL_BYTES - 4 && constant % 4 == 0 && left > 0;
            case 0x54 -> left > 0;
            case 0x05 -> constant >= 0 && constant < left;
            case 0x15, 0x25, 0x35 -> jump(at, true) < left && jump(at, false) < left;
            case 0x06 -> true;
            default -> false;
        };
        if (!valid) {
            throw new IllegalArgumentException("the kernel would refuse instruction " + at + " of " + size());
        }
    }

    private int code(int at) {
        return program.getShort(at * INSTRUCTION_BYTES) & 0xffff;
    }

    private int jump(int at, boolean taken) {
        return program.get(at * INSTRUCTION_BYTES + (taken ? 2 : 3)) & 0xff;
    }

    private int constant(int at) {
        return program.getInt(at * INSTRUCTION_BYTES + 4);
    }
}
