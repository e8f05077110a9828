package io.darsena.runtime;

/// A layer's bytes are refused: not a tar, a bad checksum, an entry that reaches outside, an unknown
/// compression.
public final class LayerRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RuntimeFailure failure;

    public LayerRejectedException(RuntimeFailure failure) {
        super(failure.sentence());
        this.failure = failure;
    }

    public RuntimeFailure failure() {
        return failure;
    }
}
