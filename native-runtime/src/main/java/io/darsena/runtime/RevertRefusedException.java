package io.darsena.runtime;

import java.util.OptionalInt;
import java.util.Set;

/// Something cannot be reverted as things are, through no fault of the machine.
public final class RevertRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int NO_ENTRY = 2;
    private static final int NO_PROCESS = 3;
    private static final int BUSY = 16;
    private static final Set<Integer> REFUSALS = Set.of(NO_ENTRY, NO_PROCESS, BUSY);

    private final transient RuntimeFailure failure;

    public RevertRefusedException(RuntimeFailure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    static boolean tells(RuntimeFailure failure) {
        OptionalInt number = failure.errno();
        return number.isPresent()
                && REFUSALS.contains(number.getAsInt())
                && failure.operation().equals("revert");
    }

    /// `object` names the path and what is the matter with it, `hint` what to do.
    public RuntimeFailure failure() {
        return failure;
    }
}
