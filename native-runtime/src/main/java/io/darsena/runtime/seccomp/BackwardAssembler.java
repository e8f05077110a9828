package io.darsena.runtime.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes a classic BPF program from its end to its beginning. All jumps of such a program go forward, so whatever an
/// instruction refers to is there already: a place is named by its distance from the end, which never changes.
///
/// Equal instructions with equal continuations are written once: what a place does depends on nothing but the
/// accumulator and the call. Conditional jumps reach 255 instructions; farther targets get a stepping stone.
/// Not safe for use by several threads.
final class BackwardAssembler {

    private static final int LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS
    private static final int AND = 0x54; // BPF_ALU | BPF_AND | BPF_K
    private static final int RETURN = 0x06; // BPF_RET | BPF_K
    private static final int JUMP = 0x05; // BPF_JMP | BPF_JA
    private static final int REACH = 255;
    private static final int INSTRUCTION_BYTES = 8;

    private final List<Instruction> backward = new ArrayList<>();
    private final Map<Intent, Integer> written = new HashMap<>();

    /// Conditional jumps on the accumulator against a constant, unsigned.
    enum Test {
        EQUAL(0x15),
        GREATER(0x25),
        GREATER_OR_EQUAL(0x35);

        private final int code;

        Test(int code) {
            this.code = code;
        }
    }

    /// The place that ends the filter with `value`.
    int give(int value) {
        return place(new Intent(RETURN, value, -1, -1));
    }

    /// The place that loads the word at `offset` of the call into the accumulator and goes on at `next`.
    int load(int offset, int next) {
        return place(new Intent(LOAD, offset, next, next));
    }

    /// The place that masks the accumulator and goes on at `next`.
    int and(int mask, int next) {
        return place(new Intent(AND, mask, next, next));
    }

    int branch(Test test, int constant, int whenTrue, int whenFalse) {
        return whenTrue == whenFalse ? whenTrue : place(new Intent(test.code, constant, whenTrue, whenFalse));
    }

    int size() {
        return backward.size();
    }

    /// The program that begins at `start`, as an array of `struct sock_filter` in the machine's byte order. Nothing may
    /// have been written before `start`, that is, later than it.
    byte[] program(int start) {
        if (start != backward.size() - 1) {
            throw new IllegalStateException("a program must begin with what was written last");
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(backward.size() * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
        for (Instruction instruction : backward.reversed()) {
            bytes.putShort((short) instruction.code)
                    .put((byte) instruction.jumpTrue)
                    .put((byte) instruction.jumpFalse)
                    .putInt(instruction.constant);
        }
        return bytes.array();
    }

    private int place(Intent intent) {
        Integer known = written.get(intent);
        if (known != null) {
            return known;
        }
        boolean straight = intent.code == LOAD || intent.code == AND;
        if (intent.code == RETURN) {
            backward.add(new Instruction(RETURN, intent.constant, 0, 0));
        } else if (straight) {
            if (intent.whenTrue != backward.size() - 1) {
                steppingStone(intent.whenTrue);
            }
            backward.add(new Instruction(intent.code, intent.constant, 0, 0));
        } else {
            writeBranch(intent);
        }
        written.put(intent, backward.size() - 1);
        return backward.size() - 1;
    }

    private void writeBranch(Intent intent) {
        int whenTrue = intent.whenTrue;
        int whenFalse = intent.whenFalse;
        while (distance(whenTrue) > REACH || distance(whenFalse) > REACH) {
            if (distance(whenTrue) > REACH) {
                whenTrue = steppingStone(whenTrue);
            } else {
                whenFalse = steppingStone(whenFalse);
            }
        }
        backward.add(new Instruction(intent.code, intent.constant, distance(whenTrue), distance(whenFalse)));
    }

    /// How far the next instruction written would have to jump.
    private int distance(int target) {
        return backward.size() - target - 1;
    }

    /// A near place that does what `target` does: a return is repeated (and serves what is written from now on), all
    /// else is jumped to.
    private int steppingStone(int target) {
        Instruction far = backward.get(target);
        if (far.code == RETURN) {
            backward.add(far);
            written.put(new Intent(RETURN, far.constant, -1, -1), backward.size() - 1);
        } else {
            backward.add(new Instruction(JUMP, distance(target), 0, 0));
        }
        return backward.size() - 1;
    }

    private record Instruction(int code, int constant, int jumpTrue, int jumpFalse) {}

    /// What an instruction is meant to do, with places instead of distances.
    private record Intent(int code, int constant, int whenTrue, int whenFalse) {}
}
