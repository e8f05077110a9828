package io.darsena.bridge.error;

/// The present state forbids it: a name is taken, an image is in use, a transition is impossible.
public final class ConflictException extends EngineException {

    private static final long serialVersionUID = 1L;

    public ConflictException(String operation, String subject, String reason, String remedy) {
        super(operation, subject, reason, remedy);
    }

    @Override
    public int httpStatus() {
        return 409;
    }
}
