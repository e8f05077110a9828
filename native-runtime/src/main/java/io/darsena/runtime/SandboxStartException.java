package io.darsena.runtime;

/// A sandbox could not be started; nothing of it is left running.
public final class SandboxStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RuntimeFailure failure;

    public SandboxStartException(RuntimeFailure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    public RuntimeFailure failure() {
        return failure;
    }
}
