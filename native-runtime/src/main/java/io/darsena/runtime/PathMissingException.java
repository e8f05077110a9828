package io.darsena.runtime;

/// A path that a plan names is not there, or leads through what is no directory.
public final class PathMissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RuntimeFailure failure;

    public PathMissingException(RuntimeFailure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    /// `object` is the path, as far as it is UTF-8.
    public RuntimeFailure failure() {
        return failure;
    }
}
