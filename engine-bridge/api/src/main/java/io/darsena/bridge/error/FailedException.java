package io.darsena.bridge.error;

/// Something failed that is nobody's request's fault.
public final class FailedException extends EngineException {

    private static final long serialVersionUID = 1L;

    public FailedException(String operation, String subject, String reason, String remedy) {
        super(operation, subject, reason, remedy);
    }

    @Override
    public int httpStatus() {
        return 500;
    }
}
