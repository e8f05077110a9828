package io.darsena.runtime.protocol;

/// The bytes received are no frame of the protocol, or a frame lacks what its message must hold.
public final class MalformedFrameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedFrameException(String message) {
        super(message);
    }
}
