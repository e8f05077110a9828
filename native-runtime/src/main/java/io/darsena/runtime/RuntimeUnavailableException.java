package io.darsena.runtime;

/// darsena-runtime cannot be started or reached, or refused something that is not a layer's or a sandbox's
/// fault.
public final class RuntimeUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RuntimeUnavailableException(String message) {
        super(message);
    }

    public RuntimeUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
